import { pageQuerySchema } from '../http/page.ts';
import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { invite, listInvites, revokeInvite } from './invites.ts';
import {
  createdInviteSchema,
  inviteBodySchema,
  invitePageSchema,
  inviteParamsSchema,
} from './schemas.ts';

export function inviteRoutes(portal: Portal): Route[] {
  return [
    route(
      {
        name: 'invite',
        summary: 'Invites an e-mail address for 30 days. For admins.',
        method: 'POST',
        path: '/invites',
        caller: 'signedIn',
        body: inviteBodySchema,
        responses: { 201: createdInviteSchema },
        problems: ['forbidden'],
      },
      async ({ caller, body }) => ({
        status: 201,
        body: { invite: await invite(portal, caller, body) },
      }),
    ),
    route(
      {
        name: 'listInvites',
        summary: 'Lists invites, the newest first. For admins.',
        method: 'GET',
        path: '/invites',
        caller: 'signedIn',
        query: pageQuerySchema,
        responses: { 200: invitePageSchema },
        problems: ['forbidden'],
      },
      async ({ caller, query }) => ({ body: await listInvites(portal, caller, query) }),
    ),
    route(
      {
        name: 'revokeInvite',
        summary: 'Takes an invite back that nobody has used. For admins.',
        method: 'DELETE',
        path: '/invites/:id',
        caller: 'signedIn',
        params: inviteParamsSchema,
        responses: { 204: null },
        problems: ['forbidden', 'invite_used'],
      },
      async ({ caller, params }) => {
        await revokeInvite(portal, caller, params.id);
        return { status: 204 };
      },
    ),
  ];
}
