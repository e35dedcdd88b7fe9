import { pageQuerySchema } from '../http/page.ts';
import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { setDisabled, setRole } from './change.ts';
import { listAudit, listUsers } from './list.ts';
import {
  auditPageSchema,
  changedUserSchema,
  roleBodySchema,
  userPageSchema,
  userParamsSchema,
} from './schemas.ts';

export function userRoutes(portal: Portal): Route[] {
  return [
    route(
      {
        name: 'listUsers',
        summary: 'Lists people, the newest first. For admins.',
        method: 'GET',
        path: '/users',
        caller: 'signedIn',
        query: pageQuerySchema,
        responses: { 200: userPageSchema },
        problems: ['forbidden'],
      },
      async ({ caller, query }) => ({ body: await listUsers(portal, caller, query) }),
    ),
    route(
      {
        name: 'setRole',
        summary: 'Gives a person a role. For admins.',
        method: 'PATCH',
        path: '/users/:id/role',
        caller: 'signedIn',
        params: userParamsSchema,
        body: roleBodySchema,
        responses: { 200: changedUserSchema },
        problems: ['forbidden', 'last_admin'],
      },
      async ({ caller, params, body }) => ({
        body: { user: await setRole(portal, caller, params.id, body.role) },
      }),
    ),
    ...(['disable', 'enable'] as const).map((verb) =>
      route(
        {
          name: `${verb}User`,
          summary:
            verb === 'disable'
              ? 'Disables a person’s account and ends its sessions. For admins.'
              : 'Enables a person’s account again. For admins.',
          method: 'POST',
          path: `/users/:id/${verb}`,
          caller: 'signedIn',
          params: userParamsSchema,
          responses: { 200: changedUserSchema },
          problems: verb === 'disable' ? ['forbidden', 'last_admin'] : ['forbidden'],
        },
        async ({ caller, params }) => ({
          body: { user: await setDisabled(portal, caller, params.id, verb === 'disable') },
        }),
      ),
    ),
    route(
      {
        name: 'listAudit',
        summary: 'Lists the audit log, the newest first. For admins.',
        method: 'GET',
        path: '/audit',
        caller: 'signedIn',
        query: pageQuerySchema,
        responses: { 200: auditPageSchema },
        problems: ['forbidden'],
      },
      async ({ caller, query }) => ({ body: await listAudit(portal, caller, query) }),
    ),
  ];
}
