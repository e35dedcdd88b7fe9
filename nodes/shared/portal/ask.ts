import type { IAllExecuteFunctions, IExecuteFunctions } from 'n8n-workflow';
import type { Answer, Exchange } from '../http/exchange.ts';
import type { Patience } from '../http/retrying.ts';
import { ItemFailure } from '../items/itemFailure.ts';
import { problemText, unreachable } from './problem.ts';
import { requestPortal, requestPortalPatiently, type PortalRequest } from './request.ts';

/**
 * Asks the portal with the service key. It repeats the request while the portal is busy or cannot be reached.
 *
 * @param expected statuses that the caller handles, besides 2xx
 * @throws ItemFailure for any other status, and if no answer comes in time
 */
export async function askPortal(
  node: IExecuteFunctions,
  request: PortalRequest,
  patience: Patience,
  expected: readonly number[] = [],
): Promise<Answer> {
  return answered(await requestPortalPatiently(node, request, patience), expected);
}

/** Asks the portal once, because a person waits in the editor. @throws ItemFailure as `askPortal` */
export async function askPortalOnce(
  node: IAllExecuteFunctions,
  request: PortalRequest,
): Promise<Answer> {
  return answered(await requestPortal(node, request), []);
}

function answered(outcome: Exchange, expected: readonly number[]): Answer {
  if (!outcome.reached) {
    const { message, advice } = unreachable(outcome.reason);
    throw new ItemFailure('workflow_error', message, { retryable: !outcome.lasting, advice });
  }
  const { status, body } = outcome;
  if ((status >= 200 && status < 300) || expected.includes(status)) return outcome;
  throw new ItemFailure('workflow_error', problemText(status, body), {
    retryable: status >= 500 || status === 429,
    status,
    ...(ADVICE[status] === undefined ? {} : { advice: ADVICE[status] }),
  });
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'Check the API Key of the Materi Portal credential.',
  403: 'The API Key of the Materi Portal credential must be a service key. Ask an operator of the portal for one.',
};
