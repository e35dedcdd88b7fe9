import type { Response } from 'express';
import type { FieldError } from '../errors.ts';
import { PROBLEMS, problemType, type ProblemCode } from './problems.ts';

/** Answers with RFC 9457 problem details. */
export function sendProblem(
  res: Response,
  code: ProblemCode,
  detail: string,
  errors: readonly FieldError[] = [],
): void {
  const { status, title } = PROBLEMS[code];
  if (status === 401 && code !== 'not_signed') res.set('WWW-Authenticate', 'Bearer');
  if (status === 503) res.set('Retry-After', '5');
  res
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: problemType(code),
        title,
        status,
        detail,
        ...(errors.length > 0 ? { errors } : {}),
        requestId: res.get('X-Request-Id'),
      }),
    );
}
