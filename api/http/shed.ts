import type { RequestHandler } from 'express';
import type { Load } from './lag.ts';
import { sendProblem } from './problem.ts';

/**
 * These answer also under overload: `/livez` because the process runs, `/metrics` because it shows why the
 * process is slow. `/readyz` answers 503, so that a load balancer sends requests elsewhere.
 */
const ANSWERED = ['/livez', '/metrics'];

/**
 * Refuses requests with 503 while this instance is overloaded (load shedding), before it reads anything of
 * them. So the requests that it has accepted end in time. Without this, all requests would end too late.
 */
export function shedLoad({ load }: { load: Pick<Load, 'isOverloaded'> }): RequestHandler {
  return (req, res, next) => {
    if (!load.isOverloaded() || ANSWERED.includes(req.path)) next();
    else sendProblem(res, 'overloaded', 'This instance has too much to do. Try again in a moment.');
  };
}
