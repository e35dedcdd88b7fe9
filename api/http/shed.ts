import type { RequestHandler } from 'express';
import type { Load } from './lag.ts';
import { sendProblem } from './problem.ts';

/**
 * The process lives, and its measurements say why it is slow. `readyz` answers 503, so that a load
 * balancer sends requests elsewhere.
 */
const ANSWERED = ['/livez', '/metrics'];

/**
 * Refuses requests with 503 while this instance is overloaded, before it reads anything of them. The
 * requests that it has accepted then end in time, instead of all of them too late.
 */
export function shedLoad({ load }: { load: Pick<Load, 'isOverloaded'> }): RequestHandler {
  return (req, res, next) => {
    if (!load.isOverloaded() || ANSWERED.includes(req.path)) next();
    else sendProblem(res, 'overloaded', 'This instance has too much to do. Try again in a moment.');
  };
}
