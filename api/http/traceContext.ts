import type { RequestHandler } from 'express';
import type { Portal } from '../portal.ts';
import { nextStep, parseTraceparent, withinStep, type Span } from '../trace.ts';
import { PROBES } from './accessLog.ts';
import { declaredPathOf } from './route.ts';

/** Other names of methods are not recorded: a client may send any. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Continues the trace of a valid `traceparent`, else begins one; the log has its id. A span records
 * the request, unless it is a probe.
 */
export function traceContext({ tracer }: Pick<Portal, 'tracer'>): RequestHandler {
  return (req, res, next) => {
    const parent = parseTraceparent(req.get('traceparent'));
    if (tracer === null || PROBES.has(req.path)) {
      withinStep({ trace: nextStep(parent), span: null }, next);
      return;
    }
    const method = METHODS.has(req.method) ? req.method : '_OTHER';
    const span = tracer.begin(method, 'server', parent);
    res.once('close', () => endSpan(span, method, res));
    withinStep({ trace: span.trace, span }, next);
  };
}

function endSpan(span: Span, method: string, res: Parameters<RequestHandler>[1]): void {
  const route = declaredPathOf(res);
  span.set({ 'http.request.method': method });
  if (route !== undefined) {
    span.rename(`${method} ${route}`);
    span.set({ 'http.route': route });
  }
  if (!res.writableFinished) {
    span.end('cut');
    return;
  }
  span.set({ 'http.response.status_code': res.statusCode });
  span.end(res.statusCode >= 500 ? String(res.statusCode) : undefined);
}
