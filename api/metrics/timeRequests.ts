import type { RequestHandler } from 'express';
import { declaredPathOf } from '../http/route.ts';
import type { Portal } from '../portal.ts';

/** Measures each request until its answer is complete, or its client has gone. */
export function timeRequests(portal: Pick<Portal, 'metrics'>): RequestHandler {
  return (req, res, next) => {
    const start = performance.now();
    const { method } = req;
    res.once('close', () => {
      portal.metrics.request({
        method,
        route: declaredPathOf(res),
        status: res.writableFinished ? res.statusCode : null,
        seconds: (performance.now() - start) / 1_000,
      });
    });
    next();
  };
}
