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
import type { openBodySchema } from './schemas.ts';
import { toClaimed } from './transitions.ts';

type OpenBody = z.infer<typeof openBodySchema>;

/**
 * Opens a job for a material. With an `executionId` that execution has claimed it already: a scheduled
 * workflow works on it itself, and the job is not posted.
 *
 * @param key the request's Idempotency-Key
 * @throws PortalError `not_signed_in`, `forbidden`, `not_found`, `gone`, `invalid`, `job_open`,
 *   `key_in_flight`, `key_reused`
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
      const { kind, materialId, executionId } = body;
      const rules = kinds[kind];
      if (rules === undefined)
        throw invalid('kind', `this portal has no jobs of the kind ${kind} yet`);
      const subject = await rules.lockSubject(trx, materialId);
      if (subject === undefined) {
        throw new PortalError('not_found', `There is no material ${materialId}.`);
      }
      if (subject.isDeleted) {
        throw new PortalError('gone', `Material ${materialId} was deleted in the sheet.`);
      }
      const id = jobIdSchema.parse(uuidv7());
      const opened = await insertJobUnlessOpen(trx, {
        id,
        userId: actor.kind === 'user' ? actor.userId : null,
        materialId,
        kind,
        textHash: subject.textHash,
        claimDeadline: timing.claimDeadline,
        announce: false,
      });
      if (opened === undefined) {
        throw new PortalError('job_open', `A job of the kind ${kind} is open for this material.`);
      }
      const unclaimed = { jobId: id, attempt: opened.attempt, executionId: null };
      const job =
        executionId === undefined
          ? opened
          : ((await toClaimed(trx, unclaimed, executionId, timing.lease)) ?? opened);
      await writeAudit(trx, name, 'job.opened', `job:${id}`, { kind, material: materialId });
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

function invalid(path: string, message: string): PortalError {
  return new PortalError('invalid', `Not valid: ${path} ${message}.`, [{ path, message }]);
}
