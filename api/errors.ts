/** The errors that a caller may see. The set is closed, and independent of HTTP. */
export const ERROR_CODES = [
  'malformed',
  'too_large',
  'unsupported_media_type',
  'invalid',
  'not_signed_in',
  'token_refused',
  'code_refused',
  'code_sign_in_off',
  'not_invited',
  'invite_used',
  'not_signed',
  'forbidden',
  'not_found',
  'gone',
  'job_ended',
  'job_claimed',
  'job_not_claimed',
  'attempt_over',
  'job_not_failed',
  'job_open',
  'content_decided',
  'kind_taken',
  'last_admin',
  'account_disabled',
  'nothing_to_confirm',
  'ambiguous',
  'stale',
  'if_match_required',
  'too_many_streams',
  'too_many_open_jobs',
  'key_in_flight',
  'key_reused',
  'google_unavailable',
  'unavailable',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** One field that is wrong: `path` as in `metadata.Semester`, empty for the whole. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/**
 * An error for the caller: its message says what is wrong and what to do. Any other error is a fault
 * of the portal, and no caller sees its message.
 */
export class PortalError extends Error {
  override readonly name = 'PortalError';
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];

  constructor(code: ErrorCode, message: string, fields: readonly FieldError[] = []) {
    super(message);
    this.code = code;
    this.fields = fields;
  }
}
