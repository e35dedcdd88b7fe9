import { Router } from 'express';
import { z } from 'zod/v4';
import { EVENT_TYPES, jobKind } from '../../core/index.ts';
import { identify } from '../auth/identify.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Portal } from '../portal.ts';
import { validate } from '../validate.ts';
import { listSubscriptions } from './list.ts';
import { putSubscription } from './put.ts';
import { removeSubscription } from './remove.ts';

const url = z.url({ protocol: /^https?$/ }).max(2_000);

const name = z.string().min(1).max(200);

const putBody = z.strictObject({
  url,
  eventTypes: z.array(z.enum(EVENT_TYPES)).min(1),
  kinds: z.array(jobKind).default([]),
  test: z.boolean().default(false),
  takeOver: z.boolean().default(false),
  workflow: z
    .strictObject({ instanceId: name, id: name, name, nodeId: name })
    .nullable()
    .default(null),
});
const listQuery = z.object({ url: url.optional() });
const removeQuery = z.object({ url });

export function subscriptionRoutes(portal: Portal): Router {
  const router = Router();
  endpoint(router, '/webhook/subscriptions', {
    GET: async (req, res) => {
      const presented = identify(portal.config, req);
      const query = validate(listQuery, req.query);
      res.json({ items: await listSubscriptions(portal, presented, query.url) });
    },
    PUT: async (req, res) => {
      const presented = identify(portal.config, req);
      const input = validate(putBody, req.body);
      res.json({ subscription: await putSubscription(portal, presented, input) });
    },
    DELETE: async (req, res) => {
      const presented = identify(portal.config, req);
      await removeSubscription(portal, presented, validate(removeQuery, req.query).url);
      res.status(204).end();
    },
  });
  return router;
}
