import type { Transaction } from 'kysely';
import type { JobId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import { recordHistory } from '../history/index.ts';
import { cellOf, isAiField } from '../materials/cells.ts';
import { updateOwn, type AiField, type MaterialRecord } from '../materials/repository.ts';

/**
 * Writes the end of an analysis into the AI columns, with their history.
 *
 * @param material locked
 * @param actor as in the history
 * @param jobId the job with the result that the portal shows from now on; undefined: no change
 */
export async function writeAnalysis(
  trx: Transaction<Database>,
  material: MaterialRecord,
  fields: Readonly<Partial<Record<AiField, string>>>,
  actor: string,
  jobId?: JobId,
): Promise<void> {
  await updateOwn(trx, material, { fields, analysisJobId: jobId });
  const cells = Object.entries(fields).flatMap(([field, after]) => {
    const before = isAiField(field) ? cellOf(material, field) : null;
    return before === after ? [] : [{ materialId: material.id, actor, field, before, after }];
  });
  await recordHistory(trx, cells);
}
