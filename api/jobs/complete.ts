import type { Transaction } from 'kysely';
import { analysisCells, analysisResultSchema } from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import { writeAnalysis } from '../materials/writeAnalysis.ts';
import { validate } from '../validate.ts';
import { endingOf, lockWithMaterial, refusal, type Changed, type SentClaim } from './event.ts';
import { openIfTextChanged } from './openIfTextChanged.ts';
import type { Timing } from './timing.ts';
import { toCompleted } from './transitions.ts';

/**
 * `job.completed`: the result, the material's AI fields and what they leave to sync, in one
 * transaction. A result that is not valid leaves the job claimed, so that the workflow can still
 * send a right one, or fail.
 *
 * @throws PortalError `not_found`, `job_ended`, `attempt_over`, `job_claimed`, `job_not_claimed`,
 *   `invalid` with paths under `data.result`
 */
export async function complete(
  trx: Transaction<Database>,
  timing: Timing,
  event: SentClaim & { result?: unknown },
): Promise<Changed> {
  const { job, material } = await lockWithMaterial(trx, event.jobId);
  const claimed =
    job.stage === 'claimed' &&
    job.attempt === event.attempt &&
    job.execution_id === event.executionId;
  if (!claimed) {
    const again = analysisResultSchema.safeParse(event.result);
    const same = again.success && job.ending === endingOf('job.completed', event, again.data);
    if (same) return { job };
    throw refusal(job, event);
  }

  const result = validate(analysisResultSchema, event.result, 'data.result');
  const ending = endingOf('job.completed', event, result);
  const completed = await toCompleted(trx, event, result, ending);
  if (completed === undefined) throw refusal(job, event);
  if (material === undefined) return { job: completed };

  const fields = analysisCells(result);
  await writeAnalysis(trx, material, fields, `workflow:${event.executionId}`, job.id);
  const due = await openIfTextChanged(trx, timing, completed, material);
  return { job: completed, due, pending: true };
}
