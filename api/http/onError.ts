import type { ErrorRequestHandler } from 'express';
import { z } from 'zod/v4';
import { isDatabaseDown } from '../db/connect.ts';
import { PortalError } from '../errors.ts';
import { sendProblem } from './problem.ts';

/** What express and its body parsers throw (the package http-errors). */
const httpError = z.object({ status: z.number(), type: z.optional(z.string()) });

/** The one error mapper. Faults of ours are logged whole and answered without a word of them. */
export const onError: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  if (error instanceof PortalError) {
    sendProblem(res, error.code, error.message, error.fields);
    return;
  }
  const http = httpError.safeParse(error);
  if (http.success && http.data.status === 413) {
    sendProblem(res, 'too_large', 'The body is larger than is taken here. Send less at once.');
  } else if (http.success && http.data.status === 415) {
    sendProblem(res, 'unsupported_media_type', 'The body’s charset or encoding is not known here.');
  } else if (http.success && http.data.status >= 400 && http.data.status < 500) {
    sendProblem(res, 'malformed', 'The body or the address cannot be read. Send well-formed JSON.');
  } else if (isDatabaseDown(error)) {
    req.log.warn({ err: error }, 'PostgreSQL cannot be reached');
    sendProblem(res, 'unavailable', 'The database cannot be reached. Try again in a moment.');
  } else {
    req.log.error({ err: error }, 'a request failed');
    sendProblem(res, 'internal', 'The fault is ours. Give the request id to whoever runs this.');
  }
};
