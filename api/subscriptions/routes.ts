import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { listSubscriptions } from './list.ts';
import { putSubscription } from './put.ts';
import { removeSubscription } from './remove.ts';
import {
  listedSchema,
  listQuerySchema,
  putBodySchema,
  putSchema,
  removeQuerySchema,
} from './schemas.ts';

export function subscriptionRoutes(portal: Portal): Route[] {
  const path = '/webhook/subscriptions';
  return [
    route(
      {
        method: 'GET',
        path,
        caller: 'signedIn',
        query: listQuerySchema,
        responses: { 200: listedSchema },
      },
      async ({ caller, query }) => ({
        body: { items: await listSubscriptions(portal, caller, query.url) },
      }),
    ),
    route(
      {
        method: 'PUT',
        path,
        caller: 'signedIn',
        body: putBodySchema,
        responses: { 200: putSchema },
      },
      async ({ caller, body }) => ({
        body: { subscription: await putSubscription(portal, caller, body) },
      }),
    ),
    route(
      {
        method: 'DELETE',
        path,
        caller: 'signedIn',
        query: removeQuerySchema,
        responses: { 204: null },
      },
      async ({ caller, query }) => {
        await removeSubscription(portal, caller, query.url);
        return { status: 204 };
      },
    ),
  ];
}
