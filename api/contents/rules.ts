import { v7 as uuidv7 } from 'uuid';
import {
  beginning,
  generateOptionsSchema,
  generateResultSchema,
  resultSchemaOf,
} from '../../core/index.ts';
import { contentIdSchema } from '../db/ids.ts';
import type { KindRules } from '../jobs/kinds.ts';
import { lockMaterial } from '../materials/repository.ts';
import { insertContent } from './repository.ts';

/** The longest subject and level of a content, in characters: a cell may have more than an index can hold. */
const LONGEST = 200;

/**
 * What the end of a job of the kind `generate` does: it writes a draft. It does not change the material. The
 * model and its tokens stay in the job's result.
 */
export const generateRules: KindRules = {
  resultSchema: ({ options }) => resultSchemaOf(generateOptionsSchema.parse(options).content),
  writesMaterial: false,
  async lockSubject(trx, id) {
    const material = id === null ? null : await lockMaterial(trx, id);
    if (material === undefined) return undefined;
    return {
      material: material && {
        id: material.id,
        textHash: material.textHash,
        isDeleted: material.deletedAt !== null,
      },
      async onCompleted(job, result) {
        const { gap } = generateOptionsSchema.parse(job.options);
        const { kind, title, body } = generateResultSchema.parse(result);
        await insertContent(trx, {
          id: contentIdSchema.parse(uuidv7()),
          jobId: job.id,
          materialId: job.materialId,
          authorId: material?.createdBy ?? null,
          subject: beginning(material?.subject ?? gap?.subject ?? '', LONGEST),
          level: beginning(material?.level ?? gap?.level ?? '', LONGEST),
          kind,
          title,
          body,
        });
      },
      onFailed: () => Promise.resolve(),
    };
  },
};
