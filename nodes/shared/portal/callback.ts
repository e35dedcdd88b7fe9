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
    readonly result?: unknown;
    readonly error?: unknown;
  };
}

/**
 * Tells the portal what became of a job, signed, and again until it has answered: a completion that
 * is lost costs a whole lease.
 *
 * @returns the portal's answer: 2xx, or a 404, 409 or 422, which mean different things for each event
 * @throws ItemFailure if the event is not one the portal could take, or it refuses for any other
 *   reason, or could not be reached in time
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
  const id = webhookId(callback);
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
 * The same for every try of the same report, also when the node itself is run again, so that the
 * portal answers a repetition as it did the first. A result that was put right is another report:
 * the portal keeps its refusals too.
 */
function webhookId({ type, data }: Callback): string {
  const { jobId = '', attempt = 0, executionId, result = null, error = null } = data;
  const report = JSON.stringify([type, jobId, attempt, executionId, result, error]);
  return `msg_${createHash('sha256').update(report).digest('hex').slice(0, 32)}`;
}
