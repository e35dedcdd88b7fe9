import { v7 as uuidv7 } from 'uuid';
import type { NewMaterial } from '../../core/index.ts';
import { auditInsert } from '../audit/repository.ts';
import { actorName } from '../auth/actor.ts';
import { authorize } from '../auth/authorize.ts';
import { jobIdSchema, materialIdSchema } from '../db/ids.ts';
import { historyInsert } from '../history/index.ts';
import type { Caller } from '../http/caller.ts';
import { once, type Answer } from '../idempotency/once.ts';
import { openAnalysis } from '../jobs/open.ts';
import { presentJob } from '../jobs/present.ts';
import { requireRoom, roomFor } from '../jobs/room.ts';
import type { Portal } from '../portal.ts';
import { firstCells } from './edit.ts';
import { etagOf, presentMaterial } from './present.ts';
import { insertMaterial } from './repository.ts';
import type { Created } from './schemas.ts';

/**
 * Adds a material and opens its analysis, in one transaction. After the answer 201 both are in PostgreSQL.
 * So the sync and the dispatch find them, even if the API crashes.
 *
 * @param key the request's Idempotency-Key
 * @throws PortalError `not_signed_in`, `too_many_open_jobs`, `key_in_flight`, `key_reused`
 */
export async function createMaterial(
  portal: Portal,
  caller: Caller,
  input: NewMaterial,
  key: string | undefined,
): Promise<Answer & { replayed: boolean }> {
  const answer = await portal.db.transaction().execute(async (trx) => {
    const actor = await authorize(trx, caller);
    const name = actorName(actor);
    const create = async (): Promise<Answer> => {
      const userId = actor.kind === 'user' ? actor.userId : null;
      requireRoom(await roomFor(trx, portal, userId));
      const row = await insertMaterial(trx, materialIdSchema.parse(uuidv7()), input, userId);
      const jobId = jobIdSchema.parse(uuidv7());
      const action = 'material.created';
      const audit = { action, subject: `material:${row.id}`, details: { job: jobId } };
      // One statement instead of three: to send the statements took 35 % of a create (bench:api).
      const recording = trx
        .with('history', (db) => historyInsert(db, firstCells(row, name)))
        .with('audit', (db) => auditInsert(db, name, audit));
      const job = await openAnalysis(recording, row, userId, portal.timing, {
        id: jobId,
        announce: true,
      });
      const body: Created = { material: presentMaterial(row), job: presentJob(job) };
      return { headers: { Location: `/api/materials/${row.id}`, ETag: etagOf(row) }, body };
    };
    return once(trx, { actor: name, key, request: ['POST /api/materials', input] }, create);
  });
  if (!answer.replayed) {
    portal.wakeDispatch();
    portal.wakeSync();
  }
  return answer;
}
