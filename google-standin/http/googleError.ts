/**
 * Errors as Google answers them: `{ error: { code, message, status, details? } }`, and on Drive the
 * older `errors` list. The texts are Google's own, from gspread's and gargle's recorded replies.
 */

const statusNames: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
};

export interface ErrorItem {
  readonly message: string;
  readonly domain: string;
  readonly reason: string;
  readonly location?: string;
  readonly locationType?: string;
}

export class GoogleError extends Error {
  readonly code: number;
  readonly details: readonly object[];
  /** Drive's list; its presence also says that `status` is left out where Drive leaves it out. */
  readonly errors: readonly ErrorItem[] | undefined;

  constructor(
    code: number,
    message: string,
    details: readonly object[] = [],
    errors?: ErrorItem[],
  ) {
    super(message);
    this.name = 'GoogleError';
    this.code = code;
    this.details = details;
    this.errors = errors;
  }

  /** The body Google sends. */
  body(): object {
    const status = statusNames[this.code];
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(this.errors ? { errors: this.errors } : {}),
        ...(status && !(this.errors && this.code === 404) ? { status } : {}),
        ...(this.details.length > 0 ? { details: this.details } : {}),
      },
    };
  }
}

export function errorInfo(
  reason: string,
  metadata: Record<string, string>,
  domain = 'googleapis.com',
) {
  return { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain, metadata };
}

/** The fault of one field of a request. */
export interface Violation {
  readonly field?: string;
  readonly description: string;
}

export function badRequestDetail(violations: readonly Violation[]) {
  return { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations };
}

export function helpLink(description: string, url: string): object {
  return { '@type': 'type.googleapis.com/google.rpc.Help', links: [{ description, url }] };
}

/** 400 with nothing but a text, as Sheets answers for ranges, grids and limits. */
export function invalid(message: string): GoogleError {
  return new GoogleError(400, message);
}

/** 400 for a body or query that is not of Google's form. */
export function malformed(violations: readonly Violation[]): GoogleError {
  return new GoogleError(400, violations.map((v) => v.description).join('\n'), [
    badRequestDetail(violations),
  ]);
}

/** Makes the error for a feature of Google that the stand-in does not implement. */
export function notImplemented(what: string): GoogleError {
  return new GoogleError(501, `The stand-in for Google does not implement ${what}.`);
}
