import { STATUS_CODES } from 'node:http';
import type { Response } from 'express';
import { z } from 'zod/v4';
import type { FieldError } from '../errors.ts';
import { PROBLEMS, problemType, type ProblemCode } from './problems.ts';

/** Problem details by RFC 9457, with the fields that are wrong, and the id of the request in the log. */
export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });

/** A problem of one item of a request: the request has its own id. */
export const itemProblemSchema = problemSchema
  .omit({ requestId: true })
  .meta({ id: 'ItemProblem' });
export type ItemProblem = z.infer<typeof itemProblemSchema>;

export function problemOf(
  code: ProblemCode,
  detail: string,
  errors: readonly FieldError[],
): ItemProblem {
  const { status, title } = PROBLEMS[code];
  const type = problemType(code);
  return { type, title, status, detail, ...(errors.length > 0 ? { errors: [...errors] } : {}) };
}

/** Answers with RFC 9457 problem details. */
export function sendProblem(
  res: Response,
  code: ProblemCode,
  detail: string,
  errors: readonly FieldError[] = [],
): void {
  const { status } = PROBLEMS[code];
  if (status === 401 && code !== 'not_signed') res.set('WWW-Authenticate', 'Bearer');
  // A limit knows when its minute ends.
  if ((status === 503 || status === 429) && res.get('Retry-After') === undefined) {
    res.set('Retry-After', '5');
  }
  res
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({ ...problemOf(code, detail, errors), requestId: res.get('X-Request-Id') }),
    );
}

/** The problems for which Node.js refuses a request before any route sees it. */
export type UnreadableCode =
  'malformed' | 'request_timeout' | 'too_large' | 'expectation_failed' | 'headers_too_large';

/** A problem as raw HTTP, for a request that Node.js cannot read. It ends the connection. */
export function unreadable(code: UnreadableCode, requestId: string) {
  const { status, title, advice } = PROBLEMS[code];
  const detail =
    code === 'malformed'
      ? 'This is not HTTP/1.1: the request line, a header or a chunk is wrong or missing.'
      : advice;
  const type = problemType(code);
  const body = JSON.stringify({ type, title, status, detail, requestId });
  const headers = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
    Connection: 'close',
  };
  return { status, reason: STATUS_CODES[status] ?? '', headers, body };
}
