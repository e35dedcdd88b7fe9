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
        name: 'listJobs',
        summary: 'Lists jobs, newest first: a teacher’s own, for admins all.',
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
        name: 'getJob',
        summary: 'Gets a job with its result.',
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
        name: 'retryJob',
        summary: 'Starts a failed job again.',
        method: 'POST',
        path: '/jobs/:id/retry',
        caller: 'signedIn',
        params: paramsSchema,
        responses: { 200: jobSchema },
        problems: ['forbidden', 'job_not_failed', 'job_open'],
      },
      async ({ caller, params }) => ({ body: await retryJob(portal, caller, params.id) }),
    ),
  ];
}
