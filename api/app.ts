import express, { type Express, type RequestHandler } from 'express';
import { readCaller } from './auth/readCaller.ts';
import { requireOperator } from './auth/requireOperator.ts';
import { authRoutes } from './auth/routes.ts';
import { catalogRoutes } from './catalog/routes.ts';
import { contentRoutes } from './contents/routes.ts';
import { cut } from './cut.ts';
import { accessLog } from './http/accessLog.ts';
import { boundUnreadBody } from './http/body.ts';
import { neverCompress } from './http/compress.ts';
import { docRoutes } from './http/docs.ts';
import { fixedHeaders } from './http/fixedHeaders.ts';
import { healthRoutes } from './http/health.ts';
import { onError } from './http/onError.ts';
import { openApi } from './http/openApi.ts';
import { sendProblem } from './http/problem.ts';
import { problemRoutes } from './http/problemPages.ts';
import { requestId } from './http/requestId.ts';
import { mount, type Authentication, type Route } from './http/route.ts';
import { shedLoad } from './http/shed.ts';
import { traceContext } from './http/traceContext.ts';
import { jobRoutes } from './jobs/routes.ts';
import { limitRequests, limitSignIns } from './limits/limitRequests.ts';
import { materialRoutes } from './materials/routes.ts';
import { metricRoutes } from './metrics/routes.ts';
import { timeRequests } from './metrics/timeRequests.ts';
import type { Portal } from './portal.ts';
import { subscriptionRoutes } from './subscriptions/routes.ts';
import { inviteRoutes } from './users/inviteRoutes.ts';
import { userRoutes } from './users/routes.ts';
import { webhookRoutes } from './webhook/routes.ts';
import { requireSignature } from './webhook/signed.ts';

/**
 * Builds the Express app: the middleware of every route, then the routes of each entity.
 *
 * @param checksAnswers see mount
 */
export function createApp(portal: Portal, checksAnswers = false): Express {
  const authentication: Authentication = {
    readCaller: (req) => readCaller(portal.config, req),
    requireSignature,
    requireOperator: (req) => requireOperator(portal.config, req),
  };
  const app = express();
  app.disable('x-powered-by');
  // An ETag is a material's revision. Express would send a hash of the body instead.
  app.disable('etag');
  app.set('trust proxy', portal.config.trustProxy);
  app.use(timeRequests(portal), boundUnreadBody, requestId, traceContext(portal));
  app.use(shedLoad(portal));
  app.use(accessLog(portal.log), fixedHeaders);
  const routes = routesOf(portal);
  const inApi = [...routes['/api'], ...docRoutes(openApi(routes))];
  app.use(mount(routes[''], authentication, checksAnswers));
  app.use('/api', noStore, limitRequests(portal));
  app.use('/api/auth', neverCompress, limitSignIns(portal));
  app.use('/api', mount(inApi, authentication, checksAnswers));
  app.use((req, res) => sendProblem(res, 'not_found', `There is nothing at ${cut(req.path)}.`));
  app.use(onError);
  return app;
}

/** The OpenAPI document of all routes. */
export function documentOf(portal: Portal): object {
  return openApi(routesOf(portal));
}

/** The routes by the address where they are mounted, without those of the documentation. */
export function routesOf(portal: Portal) {
  return {
    '': [...healthRoutes(portal), ...metricRoutes(portal), ...problemRoutes()],
    '/api': [
      ...authRoutes(portal),
      ...catalogRoutes(portal),
      ...contentRoutes(portal),
      ...jobRoutes(portal),
      ...materialRoutes(portal),
      ...subscriptionRoutes(portal),
      ...userRoutes(portal),
      ...inviteRoutes(portal),
      ...webhookRoutes(portal),
    ],
  } satisfies Record<string, readonly Route[]>;
}

const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};
