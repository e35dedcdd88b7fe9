import { Router } from 'express';
import { sql } from 'kysely';
import { isMigrated } from '../db/migrate.ts';
import type { Portal } from '../portal.ts';
import { endpoint } from './endpoint.ts';
import { sendProblem } from './problem.ts';

/**
 * `livez` touches nothing: a database that is down is no reason to kill this process. `readyz` asks
 * PostgreSQL and the migrations, never Google: with Google down, reading and writing go on.
 */
export function healthRoutes(portal: Portal): Router {
  const router = Router();
  endpoint(router, '/livez', { GET: (_req, res) => void res.json({ status: 'alive' }) });
  endpoint(router, '/readyz', {
    GET: async (req, res) => {
      if (portal.stopping()) {
        sendProblem(res, 'unavailable', 'This instance is stopping.');
        return;
      }
      try {
        await sql`select 1`.execute(portal.db);
        if (await isMigrated(portal.db)) res.json({ status: 'ready' });
        else sendProblem(res, 'unavailable', 'The database has not been migrated to this version.');
      } catch (error) {
        req.log.warn({ err: error }, 'not ready');
        sendProblem(res, 'unavailable', 'The database cannot be reached.');
      }
    },
  });
  return router;
}
