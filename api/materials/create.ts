import type { Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { NewMaterial } from '../../core/index.ts';
import { actorName } from '../auth/actor.ts';
import { authorize, isAuthorized, sessionEnded } from '../auth/authorize.ts';
import { jobIdSchema, materialIdSchema } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import type { Caller } from '../http/caller.ts';
import { once, type Answer } from '../idempotency/once.ts';
import { presentJob } from '../jobs/present.ts';
import { requireRoom, roomIn } from '../jobs/room.ts';
import type { Portal } from '../portal.ts';
import { insertWithAnalysis } from './insertWithAnalysis.ts';
import { etagOf, presentMaterial } from './present.ts';
import { newRecord } from './repository.ts';
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
  const answer =
    key === undefined
      ? { ...(await create(portal.db, portal, caller, input)), replayed: false }
      : await createOnce(portal, caller, input, key);
  if (!answer.replayed) {
    portal.wakeDispatch();
    portal.wakeSync();
  }
  return answer;
}

/** The answer is kept with the key in the same transaction. */
async function createOnce(portal: Portal, caller: Caller, input: NewMaterial, key: string) {
  return portal.db.transaction().execute(async (trx) => {
    const actor = actorName(await authorize(trx, caller));
    const request = ['POST /api/materials', input] as const;
    return once(trx, { actor, key, request }, () => create(trx, portal, caller, input));
  });
}

async function create(
  db: Kysely<Database>,
  portal: Portal,
  caller: Caller,
  input: NewMaterial,
): Promise<Answer> {
  const userId = caller.kind === 'user' ? caller.userId : null;
  const id = materialIdSchema.parse(uuidv7());
  // PostgreSQL sets the times.
  const record = newRecord(id, input, userId, new Date());
  const job = await insertWithAnalysis(db, {
    record,
    jobId: jobIdSchema.parse(uuidv7()),
    claimDeadline: portal.timing.claimDeadline,
    actor: actorName(caller),
    isAuthorized: isAuthorized(db, caller),
    room: roomIn(portal, userId),
  });
  if (job === undefined) throw sessionEnded();
  requireRoom(job.room);
  const { createdAt, updatedAt } = job;
  const row = { ...record, createdAt, updatedAt };
  const body: Created = { material: presentMaterial(row), job: presentJob(job) };
  return { headers: { Location: `/api/materials/${id}`, ETag: etagOf(row) }, body };
}
