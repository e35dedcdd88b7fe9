import { analysisCells, analysisResultSchema } from '../../core/index.ts';
import type { KindRules } from '../jobs/kinds.ts';
import { lockMaterial } from '../materials/repository.ts';
import { writeAnalysis } from './writeAnalysis.ts';

/** The end of an analysis writes the AI columns of its material; a failed one leaves the last summary. */
export const analysisRules: KindRules = {
  resultSchema: () => analysisResultSchema,
  writesMaterial: true,
  async lockSubject(trx, id) {
    if (id === null) return undefined;
    const material = await lockMaterial(trx, id);
    if (material === undefined) return undefined;
    return {
      material: { id, textHash: material.textHash, isDeleted: material.deletedAt !== null },
      onCompleted: (job, result, actor) => {
        const cells = analysisCells(analysisResultSchema.parse(result));
        return writeAnalysis(trx, material, cells, actor, job.id);
      },
      onFailed: (actor) => writeAnalysis(trx, material, { aiStatus: 'FAILED' }, actor),
    };
  },
};
