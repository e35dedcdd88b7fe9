import { Router } from 'express';
import type { Portal } from '../portal.ts';
import { endpoint } from './endpoint.ts';
import { sendProblem } from './problem.ts';

/**
 * `livez` touches nothing: a database that is down is no reason to kill this process. `readyz` asks
 * PostgreSQL and the migrations, never Google: with Google down, reading and writing go on.
 */
export function healthRoutes(portal: Pick<Portal, 'stopping' | 'readiness'>): Router {
  const router = Router();
  endpoint(router, '/livez', { GET: (_req, res) => void res.json({ status: 'alive' }) });
  endpoint(router, '/readyz', {
    GET: async (_req, res) => {
      const whyNot = portal.stopping()
        ? 'This instance is stopping.'
        : await portal.readiness.whyNot();
      if (whyNot === null) res.json({ status: 'ready' });
      else sendProblem(res, 'unavailable', whyNot);
    },
  });
  return router;
}
