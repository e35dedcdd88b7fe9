import { z } from 'zod/v4';
import { jobIdSchema, materialIdSchema } from '../../core/index.ts';
import { JOB_STATUSES } from '../db/schema.ts';
import { pageQuerySchema } from '../http/page.ts';
import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { getJob } from './get.ts';
import { listJobs } from './list.ts';
import { retryJob } from './retry.ts';

const listQuerySchema = z.object({
  ...pageQuerySchema.shape,
  status: z.enum(JOB_STATUSES).optional(),
  materialId: z.optional(materialIdSchema),
});
const paramsSchema = z.object({ id: jobIdSchema });

export function jobRoutes(portal: Portal): Route[] {
  return [
    route(
      { method: 'GET', path: '/jobs', caller: 'signedIn', query: listQuerySchema },
      async ({ caller, query }) => ({ body: await listJobs(portal, caller, query) }),
    ),
    route(
      { method: 'GET', path: '/jobs/:id', caller: 'signedIn', params: paramsSchema },
      async ({ caller, params }) => ({ body: await getJob(portal, caller, params.id) }),
    ),
    route(
      { method: 'POST', path: '/jobs/:id/retry', caller: 'signedIn', params: paramsSchema },
      async ({ caller, params }) => ({ body: await retryJob(portal, caller, params.id) }),
    ),
  ];
}
