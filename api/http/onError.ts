import type { ErrorRequestHandler } from 'express';
import { isDatabaseUnavailable } from '../db/unavailable.ts';
import { PortalError } from '../errors.ts';
import { logOf } from './accessLog.ts';
import { sendProblem } from './problem.ts';

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
  if (isDatabaseUnavailable(error)) {
    logOf(req).warn({ err: error }, 'PostgreSQL cannot be reached or written to now');
    sendProblem(
      res,
      'unavailable',
      'The database cannot be reached or written to now. Try again in a moment.',
    );
  } else {
    logOf(req).error({ err: error }, 'a request failed');
    sendProblem(res, 'internal', 'Internal error. Send the request id to your administrator.');
  }
};
