import type { Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { textHash, type MaterialId, type MaterialText } from '../../core/index.ts';
import { jobIdSchema } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import { insertJobsUnlessOpen } from './repository.ts';

/** The portal or n8n may start long after a restore: in milliseconds. */
const CLAIM_DEADLINE = 24 * 60 * 60 * 1000;

/** Milliseconds between two analyses. Without a pause, n8n would run thousands at the same time. */
const APART = 500;

/**
 * Opens the analyses of restored materials, one after the other, where none is open.
 *
 * @returns how many were opened
 */
export async function openRestored(
  trx: Transaction<Database>,
  materials: ReadonlyArray<MaterialText & { readonly id: MaterialId }>,
): Promise<number> {
  const jobs = materials.map((material, index) => ({
    id: jobIdSchema.parse(uuidv7()),
    userId: null,
    materialId: material.id,
    kind: 'analyze' as const,
    textHash: textHash(material),
    claimDeadline: CLAIM_DEADLINE,
    announce: false,
    dueIn: index * APART,
  }));
  return insertJobsUnlessOpen(trx, jobs);
}
