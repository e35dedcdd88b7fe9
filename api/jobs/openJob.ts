import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod/v4';
import { writeAudit } from '../audit/repository.ts';
import { actorName, type Actor } from '../auth/actor.ts';
import { authorize, requireAdmin } from '../auth/authorize.ts';
import { jobIdSchema } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import { once, type Answer } from '../idempotency/once.ts';
import type { Portal } from '../portal.ts';
import { presentJob } from './present.ts';
import { insertJobUnlessOpen } from './repository.ts';
import { requireRoom, roomFor } from './room.ts';
import type { openBodySchema } from './schemas.ts';
import { toClaimed } from './transitions.ts';

type OpenBody = z.infer<typeof openBodySchema>;

/**
 * Opens a job for a material or a gap. With an `executionId` that execution has claimed it already: a
 * scheduled workflow works on it itself, and the job is not posted.
 *
 * @param key the request's Idempotency-Key
 * @throws PortalError `not_signed_in`, `forbidden`, `not_found`, `gone`, `invalid`, `job_open`,
 *   `too_many_open_jobs`, `key_in_flight`, `key_reused`
 */
export async function openJob(
  portal: Portal,
  caller: Caller,
  body: OpenBody,
  key: string | undefined,
): Promise<Answer & { replayed: boolean }> {
  const { kinds, timing } = portal;
  const answer = await portal.db.transaction().execute(async (trx) => {
    const actor = requireAdminOrService(await authorize(trx, caller));
    const name = actorName(actor);
    const open = async (): Promise<Answer> => {
      const { kind, materialId = null, executionId } = body;
      const options = body.kind === 'generate' ? body.options : {};
      const userId = actor.kind === 'user' ? actor.userId : null;
      requireRoom(await roomFor(trx, portal, userId));
      const subject = await kinds[kind].lockSubject(trx, materialId);
      if (subject === undefined) {
        throw new PortalError('not_found', `There is no material ${materialId}.`);
      }
      if (subject.material?.isDeleted === true) {
        throw new PortalError('gone', `Material ${materialId} was deleted in the sheet.`);
      }
      const id = jobIdSchema.parse(uuidv7());
      const opened = await insertJobUnlessOpen(trx, {
        id,
        userId,
        materialId,
        kind,
        options,
        textHash: subject.material?.textHash ?? null,
        claimDeadline: timing.claimDeadline,
        announce: false,
      });
      if (opened === undefined) {
        const about = materialId === null ? 'gap and content' : 'material';
        throw new PortalError('job_open', `A job of the kind ${kind} is open for this ${about}.`);
      }
      const unclaimed = { jobId: id, attempt: opened.attempt, executionId: null };
      const job =
        executionId === undefined
          ? opened
          : ((await toClaimed(trx, unclaimed, executionId, timing.lease)) ?? opened);
      const details = { kind, material: materialId, ...options };
      await writeAudit(trx, name, 'job.opened', `job:${id}`, details);
      return { headers: { Location: `/api/jobs/${id}` }, body: presentJob(job) };
    };
    return once(trx, { actor: name, key, request: ['POST /api/jobs', body] }, open);
  });
  if (!answer.replayed) portal.wakeDispatch();
  return answer;
}

function requireAdminOrService(actor: Actor): Actor {
  return actor.kind === 'service' ? actor : requireAdmin(actor);
}
