import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { confirmVanished } from './confirmVanished.ts';
import { catalogStatusSchema } from './schemas.ts';
import { catalogStatus } from './status.ts';

export function catalogRoutes(portal: Portal): Route[] {
  const responses = { 200: catalogStatusSchema };
  return [
    route(
      { method: 'GET', path: '/catalog/status', caller: 'signedIn', responses },
      async ({ caller }) => ({ body: await catalogStatus(portal, caller) }),
    ),
    route(
      { method: 'POST', path: '/catalog/confirm-vanished', caller: 'signedIn', responses },
      async ({ caller }) => {
        await confirmVanished(portal, caller);
        return { body: await catalogStatus(portal, caller) };
      },
    ),
  ];
}
