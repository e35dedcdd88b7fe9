import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { catalogColumns } from './columns.ts';
import { confirmVanished } from './confirmVanished.ts';
import { catalogColumnsSchema, catalogStatusSchema } from './schemas.ts';
import { catalogStatus } from './status.ts';

export function catalogRoutes(portal: Portal): Route[] {
  const responses = { 200: catalogStatusSchema };
  return [
    route(
      {
        name: 'getCatalogStatus',
        summary:
          'Reports the sync with the sheet: its state, and everything that waits for a person.',
        method: 'GET',
        path: '/catalog/status',
        caller: 'signedIn',
        responses,
      },
      async ({ caller }) => ({ body: await catalogStatus(portal, caller) }),
    ),
    route(
      {
        name: 'getCatalogColumns',
        summary: 'Lists the further columns of the catalog: those that are no fields.',
        method: 'GET',
        path: '/catalog/columns',
        caller: 'signedIn',
        responses: { 200: catalogColumnsSchema },
      },
      async ({ caller }) => ({ body: await catalogColumns(portal, caller) }),
    ),
    route(
      {
        name: 'confirmVanished',
        summary: 'Confirms that many rows were deleted on purpose. For admins.',
        method: 'POST',
        path: '/catalog/confirm-vanished',
        caller: 'signedIn',
        responses,
        problems: ['forbidden', 'nothing_to_confirm'],
      },
      async ({ caller }) => {
        await confirmVanished(portal, caller);
        return { body: await catalogStatus(portal, caller) };
      },
    ),
  ];
}
