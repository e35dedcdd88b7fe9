import { Router, type Request } from 'express';
import { z } from 'zod/v4';
import { readCaller } from '../auth/readCaller.ts';
import { jobIdSchema, materialIdSchema, type JobId } from '../db/ids.ts';
import { JOB_STATUSES } from '../db/schema.ts';
import { PortalError } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import { pageQuerySchema } from '../http/page.ts';
import type { Portal } from '../portal.ts';
import { validate } from '../validate.ts';
import { getJob } from './get.ts';
import { listJobs } from './list.ts';
import { retryJob } from './retry.ts';

const listQuerySchema = z.object({
  ...pageQuerySchema.shape,
  status: z.enum(JOB_STATUSES).optional(),
  materialId: z.optional(materialIdSchema),
});

export function jobRoutes(portal: Portal): Router {
  const router = Router();
  endpoint(router, '/jobs', {
    GET: async (req, res) => {
      const caller = readCaller(portal.config, req);
      res.json(await listJobs(portal, caller, validate(listQuerySchema, req.query)));
    },
  });
  endpoint(router, '/jobs/:id', {
    GET: async (req, res) => {
      res.json(await getJob(portal, readCaller(portal.config, req), idOf(req)));
    },
  });
  endpoint(router, '/jobs/:id/retry', {
    POST: async (req, res) => {
      res.json(await retryJob(portal, readCaller(portal.config, req), idOf(req)));
    },
  });
  return router;
}

/** @throws PortalError `not_found` */
function idOf(req: Request): JobId {
  const id = jobIdSchema.safeParse(req.params['id']);
  if (id.success) return id.data;
  throw new PortalError('not_found', 'A job’s id is a UUID.');
}
