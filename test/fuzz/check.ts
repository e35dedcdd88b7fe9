import { z } from 'zod/v4';
import type { Operation } from './document.ts';
import type { Fits } from './fits.ts';
import type { Received } from './send.ts';

const problemSchema = z.looseObject({
  type: z.string().startsWith('/problems/'),
  title: z.string().min(1),
  status: z.number(),
  requestId: z.string(),
});

/** Operations that answer 200 with a problem for each item of the body that is not valid. */
const JUDGES_ITEMS: ReadonlySet<string> = new Set(['writeMaterials']);

/**
 * Compares an answer with the document.
 *
 * @param json the body that was sent; undefined if it was no JSON
 * @returns what is wrong with the answer
 */
export function faultsOf(
  operation: Operation,
  json: unknown,
  { status, headers, text }: Received,
  fits: Fits,
): string[] {
  const faults: string[] = [];
  if (status >= 500) faults.push(`The status is ${status}.`);
  const requestId = headers['x-request-id'];
  if (typeof requestId !== 'string' || requestId === '') faults.push('X-Request-Id is missing.');

  const documented = operation.responses[status];
  if (documented === undefined) return [...faults, `The status ${status} is not documented.`];
  const type = headers['content-type']?.split(';')[0] ?? '';
  if (Object.keys(documented).length === 0) {
    if (text !== '') faults.push(`The status ${status} is documented without a body.`);
    return faults;
  }
  const schema = documented[type];
  if (schema === undefined) return [...faults, `The media type "${type}" is not documented.`];
  if (type !== 'application/json' && type !== 'application/problem+json') return faults;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return [...faults, 'The body is no JSON.'];
  }
  const misfit = fits(schema, body);
  if (misfit !== null) faults.push(`The body does not fit its schema: ${misfit}.`);
  if (type === 'application/problem+json') {
    const problem = problemSchema.safeParse(body);
    const isWhole =
      problem.success && problem.data.status === status && problem.data.requestId === requestId;
    if (!isWhole) faults.push('The problem has another status or request id than the answer.');
  }
  if (
    status < 300 &&
    operation.body !== null &&
    json !== undefined &&
    !JUDGES_ITEMS.has(operation.id)
  ) {
    const wrong = fits(operation.body, json);
    if (wrong !== null) faults.push(`A body that is not valid was accepted: ${wrong}.`);
  }
  return faults;
}
