import type { RequestHandler } from 'express';
import { newTrace, parseTraceparent, withinTrace } from '../trace.ts';

/** Continues the trace of a valid `traceparent`, else begins one; the log has its id. */
export const traceContext: RequestHandler = (req, _res, next) => {
  withinTrace(parseTraceparent(req.get('traceparent')) ?? newTrace(), next);
};
