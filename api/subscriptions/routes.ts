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
        name: 'listSubscriptions',
        summary: 'Lists subscriptions, or the one with a URL. For service keys.',
        method: 'GET',
        path,
        caller: 'signedIn',
        query: listQuerySchema,
        responses: { 200: listedSchema },
        problems: ['forbidden'],
      },
      async ({ caller, query }) => ({
        body: { items: await listSubscriptions(portal, caller, query.url) },
      }),
    ),
    route(
      {
        name: 'putSubscription',
        summary: 'Registers a URL for events. For service keys.',
        method: 'PUT',
        path,
        caller: 'signedIn',
        body: putBodySchema,
        responses: { 200: putSchema },
        problems: ['forbidden', 'kind_taken'],
      },
      async ({ caller, body }) => ({
        body: { subscription: await putSubscription(portal, caller, body) },
      }),
    ),
    route(
      {
        name: 'deleteSubscription',
        summary: 'Takes a URL’s registration back. For service keys.',
        method: 'DELETE',
        path,
        caller: 'signedIn',
        query: removeQuerySchema,
        responses: { 204: null },
        problems: ['forbidden'],
      },
      async ({ caller, query }) => {
        await removeSubscription(portal, caller, query.url);
        return { status: 204 };
      },
    ),
  ];
}
