import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { jobEventSchema, type JobEvent } from '../../../core/index.ts';
import type { Answer } from '../http/exchange.ts';
import { retrying, type Patience } from '../http/retrying.ts';
import { ItemFailure } from '../items/itemFailure.ts';
import { problemText, unreachable } from './problem.ts';
import { portalWait } from './request.ts';
import { postSigned } from './signed.ts';

export interface Callback {
  readonly type: JobEvent['type'];
  readonly data: {
    readonly jobId?: string;
    readonly attempt?: number;
    readonly executionId: string;
    readonly progress?: number;
    readonly result?: unknown;
    readonly error?: unknown;
  };
}

/**
 * Reports a job's event to the portal, signed. It repeats the request until the portal has answered: after a
 * lost completion, the portal would wait for a whole lease and run the job again.
 *
 * @returns the portal's answer: 2xx, or a 404, 409 or 422, which mean different things for each event
 * @throws ItemFailure if the event is not valid, or the portal refuses it for another reason or cannot be
 *   reached in time
 */
export async function callBack(
  node: IExecuteFunctions,
  callback: Callback,
  patience: Patience,
): Promise<Answer> {
  const event = jobEventSchema.safeParse({ ...callback, timestamp: new Date().toISOString() });
  if (!event.success) {
    const issues = event.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ItemFailure('workflow_error', `Not a ${callback.type} event: ${issues.join('; ')}`, {
      retryable: false,
      advice: 'Check Job ID and Attempt: both come from the event that Materi Trigger received.',
    });
  }
  const id = webhookId(callback, event.data.timestamp);
  const body = JSON.stringify(event.data);
  const answer = await retrying(patience, async () => await postSigned(node, id, body), portalWait);
  if (!answer.reached) {
    const { message, advice } = unreachable(answer.reason);
    throw new ItemFailure('workflow_error', message, { retryable: !answer.lasting, advice });
  }
  const { status } = answer;
  if ((status >= 200 && status < 300) || [404, 409, 422].includes(status)) return answer;
  throw new ItemFailure('workflow_error', problemText(status, answer.body), {
    retryable: status >= 500 || status === 429,
    status,
    ...(status === 401 ? { advice: 'Check Secret From n8n, and that the clocks agree.' } : {}),
  });
}

/**
 * All tries of one report have this id, also when the node runs again. So the portal gives each of them the
 * first answer. A corrected result has another id, because the portal keeps a refusal too. Each report of
 * progress has another id, because the same progress again renews the lease.
 */
function webhookId({ type, data }: Callback, timestamp: string): string {
  const { jobId = '', attempt = 0, executionId, result = null, error = null } = data;
  const more = type === 'job.progress' ? [timestamp] : [];
  const report = JSON.stringify([type, jobId, attempt, executionId, result, error, ...more]);
  return `msg_${createHash('sha256').update(report).digest('hex').slice(0, 32)}`;
}
