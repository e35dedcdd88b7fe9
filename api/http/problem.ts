import type { Response } from 'express';
import type { ErrorCode, FieldError } from '../errors.ts';

interface Kind {
  readonly status: number;
  readonly title: string;
}

/** The one place that knows which status an error has. The keys make the stable `type` URIs. */
const KINDS = {
  malformed: { status: 400, title: 'The request cannot be read' },
  not_signed_in: { status: 401, title: 'Not signed in' },
  token_refused: { status: 401, title: 'The token was refused' },
  not_signed: { status: 401, title: 'The request is not signed' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Not a method of this address' },
  job_ended: { status: 409, title: 'The job has ended' },
  job_claimed: { status: 409, title: 'Another execution has claimed the job' },
  job_not_claimed: { status: 409, title: 'The job has not been claimed' },
  attempt_over: { status: 409, title: 'The attempt is over' },
  job_not_failed: { status: 409, title: 'The job has not failed' },
  kind_taken: { status: 409, title: 'Another workflow takes these jobs' },
  job_open: { status: 409, title: 'Another job is open' },
  nothing_to_confirm: { status: 409, title: 'Nothing waits to be confirmed' },
  key_in_flight: { status: 409, title: 'The same request is being answered' },
  gone: { status: 410, title: 'Deleted' },
  stale: { status: 412, title: 'It was changed in between' },
  too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'Not JSON' },
  invalid: { status: 422, title: 'Some fields are not valid' },
  key_reused: { status: 422, title: 'The idempotency key was used for something else' },
  if_match_required: { status: 428, title: 'If-Match is required' },
  internal: { status: 500, title: 'Something went wrong' },
  google_unavailable: { status: 503, title: 'Google cannot be reached' },
  unavailable: { status: 503, title: 'Not available at the moment' },
} as const satisfies Record<ErrorCode, Kind> & Record<string, Kind>;

export type ProblemCode = keyof typeof KINDS;

/** Answers with RFC 9457 problem details. */
export function sendProblem(
  res: Response,
  code: ProblemCode,
  detail: string,
  errors: readonly FieldError[] = [],
): void {
  const { status, title } = KINDS[code];
  if (status === 401 && code !== 'not_signed') res.set('WWW-Authenticate', 'Bearer');
  if (status === 503) res.set('Retry-After', '5');
  res
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `/problems/${code.replaceAll('_', '-')}`,
        title,
        status,
        detail,
        ...(errors.length > 0 ? { errors } : {}),
        requestId: res.get('X-Request-Id'),
      }),
    );
}
