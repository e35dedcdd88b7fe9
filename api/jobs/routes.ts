import { z } from 'zod/v4';
import { route, type Route } from '../http/route.ts';
import { readIdempotencyKey } from '../idempotency/key.ts';
import type { Portal } from '../portal.ts';
import { getJob } from './get.ts';
import { listJobs } from './list.ts';
import { openJob } from './openJob.ts';
import { retryJob, retryJobs } from './retry.ts';
import {
  bulkRetryAnswerSchema,
  bulkRetryBodySchema,
  jobPageSchema,
  jobSchema,
  listQuerySchema,
  openBodySchema,
  paramsSchema,
} from './schemas.ts';
import { streamJob } from './stream.ts';

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
    // Before `/jobs/:id`, which would take `bulk-retry` for an id.
    route(
      {
        name: 'retryJobs',
        summary: 'Starts up to 200 failed jobs again, with a result for each.',
        method: 'POST',
        path: '/jobs/bulk-retry',
        caller: 'signedIn',
        body: bulkRetryBodySchema,
        responses: { 200: bulkRetryAnswerSchema },
        problems: ['forbidden'],
      },
      async ({ caller, body }) => ({ body: await retryJobs(portal, caller, body) }),
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
        problems: ['forbidden', 'job_not_failed', 'job_open', 'too_many_open_jobs'],
      },
      async ({ caller, params }) => ({ body: await retryJob(portal, caller, params.id) }),
    ),
    route(
      {
        name: 'openJob',
        summary: 'Opens a job for a material or a gap. For admins and service keys.',
        method: 'POST',
        path: '/jobs',
        caller: 'signedIn',
        body: openBodySchema,
        headers: ['Idempotency-Key'],
        responses: { 201: jobSchema },
        problems: ['forbidden', 'not_found', 'gone', 'job_open', 'too_many_open_jobs'],
      },
      async ({ caller, body, headers }) => {
        const key = readIdempotencyKey(headers);
        const answer = await openJob(portal, caller, body, key);
        const replayed = answer.replayed ? { 'Idempotency-Replayed': 'true' } : {};
        // A repeated request gets exactly the kept answer.
        const sent = JSON.stringify(answer.body);
        return { status: 201, headers: { ...answer.headers, ...replayed }, body: sent };
      },
    ),
    route(
      {
        name: 'streamJob',
        summary: 'Streams a job as Server-Sent Events, until it has ended.',
        method: 'GET',
        path: '/jobs/:id/events',
        caller: 'signedIn',
        params: paramsSchema,
        headers: ['Last-Event-ID'],
        responses: { 200: z.string(), 204: null },
        produces: 'text/event-stream',
        problems: ['too_many_streams'],
      },
      async ({ caller, params, headers }) => {
        const lastEventId = headers['last-event-id']?.toString();
        const stream = await streamJob(portal, caller, params.id, lastEventId);
        return stream === null ? { status: 204 } : { stream };
      },
    ),
  ];
}
