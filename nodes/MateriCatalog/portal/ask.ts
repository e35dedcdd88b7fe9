import type { IAllExecuteFunctions, IExecuteFunctions } from 'n8n-workflow';
import type { Answer, Exchange } from '../../shared/http/exchange.ts';
import type { Patience } from '../../shared/http/retrying.ts';
import { read, readText } from '../../shared/http/read.ts';
import { ItemFailure } from '../../shared/items/itemFailure.ts';
import { numberOption } from '../../shared/items/parameters.ts';
import { problemText, unreachable } from '../../shared/portal/problem.ts';
import {
  requestPortal,
  requestPortalPatiently,
  type PortalRequest,
} from '../../shared/portal/request.ts';
import { catalogFailure, type CatalogCode } from '../item/failure.ts';
import { giveUpAfter } from '../sheet/parameters.ts';

/** How long a run repeats requests, by the option Give Up After. */
export function patienceOf(node: IExecuteFunctions): Patience {
  const seconds = numberOption(node, giveUpAfter, 0, 'invalid_setting');
  return { deadline: Date.now() + seconds * 1_000, signal: node.getExecutionCancelSignal() };
}

/**
 * Asks the portal, and repeats the request while the portal is busy or cannot be reached.
 *
 * @returns the answer with status 200
 * @throws ItemFailure for any other status, and if no answer comes in time
 */
export async function askPortal(
  node: IAllExecuteFunctions,
  request: PortalRequest,
  patience: Patience,
): Promise<Answer> {
  return accepted(await requestPortalPatiently(node, request, patience));
}

/** Asks the portal once, because a person waits in the editor. */
export async function askPortalOnce(
  node: IAllExecuteFunctions,
  request: PortalRequest,
): Promise<Answer> {
  return accepted(await requestPortal(node, request));
}

export function accepted(outcome: Exchange): Answer {
  if (!outcome.reached) {
    const code = outcome.lasting ? 'no_access' : 'unreachable';
    const { message, advice } = unreachable(outcome.reason);
    throw catalogFailure(code, message, { advice });
  }
  const { status, body } = outcome;
  if (status === 200) return outcome;
  throw problemFailure(status, body, problemText(status, body));
}

/**
 * The failure that a problem of the portal means.
 *
 * @param problem of a whole answer, or of one item of a batch
 */
export function problemFailure(status: number, problem: unknown, message: string): ItemFailure {
  const type = readText(problem, 'type').split('/').at(-1) ?? '';
  const known = KNOWN.get(type) ?? KNOWN.get(TYPE_OF_STATUS.get(status) ?? '');
  const { code = codeOf(status), advice } = known ?? {};
  return catalogFailure(code, message, { status, ...(advice === undefined ? {} : { advice }) });
}

/** By the last part of a problem's type. */
const KNOWN = new Map(
  Object.entries<{ readonly code: CatalogCode; readonly advice: string }>({
    'not-signed-in': {
      code: 'no_access',
      advice: 'Check the API Key of the Materi Portal credential.',
    },
    forbidden: {
      code: 'no_access',
      advice:
        'The portal does not let the service key of n8n do this. Ask an admin of the portal, or do it in the portal as a person.',
    },
    'not-found': {
      code: 'not_found',
      advice:
        'Its row may have been deleted from the sheet. Check the ID, or the columns to match on.',
    },
    gone: { code: 'not_found', advice: 'Its row has been deleted from the sheet.' },
    ambiguous: { code: 'ambiguous', advice: 'Match by more columns, or by MATERIAL_ID.' },
    stale: {
      code: 'stale',
      advice:
        'A person or another workflow has changed the material since it was read. Read it again.',
    },
    invalid: { code: 'invalid_value', advice: 'Correct the values that the message names.' },
    'key-reused': {
      code: 'refused',
      advice:
        'This execution has sent other items in the same place before. Start a new execution, so that nothing is written twice.',
    },
  }),
);

/** A proxy, and the portal's own address check, answer without a type. */
const TYPE_OF_STATUS: ReadonlyMap<number, string> = new Map([
  [401, 'not-signed-in'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [410, 'gone'],
]);

function codeOf(status: number): CatalogCode {
  if (status === 429) return 'busy';
  return status >= 500 ? 'unreachable' : 'refused';
}

/** The failure of an answer that does not have the form that this version of the node reads. */
export function unexpected(
  what: string,
  paths: ReadonlyArray<readonly PropertyKey[]>,
): ItemFailure {
  const places = paths.slice(0, 10).map((path) => path.map(String).join('.'));
  const message = `The portal's answer is not ${what}: ${places.join(', ')}`;
  return catalogFailure('unexpected_answer', message, {
    advice: 'Portal and nodes may be of different versions: update the older one.',
  });
}

/** The version of a material for If-Match, as the portal gives it in a header. */
export function etagOf(answer: Answer): string | null {
  const etag = read(answer.headers, 'etag');
  return typeof etag === 'string' ? etag : null;
}
