import express, { Router, type Express } from 'express';
import helmet from 'helmet';
import { authRoutes } from '../auth/routes.ts';
import { catalogRoutes } from '../catalog/routes.ts';
import { jobRoutes } from '../jobs/routes.ts';
import { materialRoutes } from '../materials/routes.ts';
import type { Portal } from '../portal.ts';
import { cut } from '../cut.ts';
import { subscriptionRoutes } from '../subscriptions/routes.ts';
import { webhookRoutes } from '../webhook/routes.ts';
import { accessLog } from './accessLog.ts';
import { boundUnreadBody } from './body.ts';
import { healthRoutes } from './health.ts';
import { jsonOfSignedIn } from './json.ts';
import { onError } from './onError.ts';
import { sendProblem } from './problem.ts';
import { problemPages } from './problemPages.ts';
import { requestId } from './requestId.ts';

/** The whole HTTP side: what every route shares, then the routes of each entity. */
export function createApp(portal: Portal): Express {
  const app = express();
  app.disable('x-powered-by');
  // ETags are revisions; a hash of the body would promise what a revision does not.
  app.disable('etag');
  app.use(boundUnreadBody, requestId, accessLog(portal.log), helmet());
  app.use(healthRoutes(portal), problemPages());

  const api = Router();
  api.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  // These two read their bodies themselves: signed bytes, and bodies before a sign-in.
  api.use(webhookRoutes(portal), authRoutes(portal));
  api.use(jsonOfSignedIn(portal.config));
  api.use(
    materialRoutes(portal),
    catalogRoutes(portal),
    jobRoutes(portal),
    subscriptionRoutes(portal),
  );
  app.use('/api', api);

  app.use((req, res) => sendProblem(res, 'not_found', `There is nothing at ${cut(req.path)}.`));
  app.use(onError);
  return app;
}
