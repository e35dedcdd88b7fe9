import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { getJob } from './get.ts';
import { listJobs } from './list.ts';
import { retryJob } from './retry.ts';
import { jobPageSchema, jobSchema, listQuerySchema, paramsSchema } from './schemas.ts';

export function jobRoutes(portal: Portal): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/jobs',
        caller: 'signedIn',
        query: listQuerySchema,
        responses: { 200: jobPageSchema },
      },
      async ({ caller, query }) => ({ body: await listJobs(portal, caller, query) }),
    ),
    route(
      {
        method: 'GET',
        path: '/jobs/:id',
        caller: 'signedIn',
        params: paramsSchema,
        responses: { 200: jobSchema },
      },
      async ({ caller, params }) => ({ body: await getJob(portal, caller, params.id) }),
    ),
    route(
      {
        method: 'POST',
        path: '/jobs/:id/retry',
        caller: 'signedIn',
        params: paramsSchema,
        responses: { 200: jobSchema },
      },
      async ({ caller, params }) => ({ body: await retryJob(portal, caller, params.id) }),
    ),
  ];
}
