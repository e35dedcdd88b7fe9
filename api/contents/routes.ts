import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { decideContent } from './decide.ts';
import { getContent } from './get.ts';
import { listContents } from './list.ts';
import { contentPageSchema, contentSchema, listQuerySchema, paramsSchema } from './schemas.ts';

export function contentRoutes(portal: Portal): Route[] {
  return [
    route(
      {
        name: 'listContents',
        summary:
          'Lists generated contents, newest first: approved ones and all of a teacher’s own materials, for admins all.',
        method: 'GET',
        path: '/contents',
        caller: 'signedIn',
        query: listQuerySchema,
        responses: { 200: contentPageSchema },
      },
      async ({ caller, query }) => ({ body: await listContents(portal, caller, query) }),
    ),
    route(
      {
        name: 'getContent',
        summary: 'Gets a generated content with its body.',
        method: 'GET',
        path: '/contents/:id',
        caller: 'signedIn',
        params: paramsSchema,
        responses: { 200: contentSchema },
      },
      async ({ caller, params }) => ({ body: await getContent(portal, caller, params.id) }),
    ),
    ...(['approve', 'reject'] as const).map((verb) =>
      route(
        {
          name: `${verb}Content`,
          summary: `${verb === 'approve' ? 'Approves' : 'Rejects'} a draft. For the author of the material and admins.`,
          method: 'POST',
          path: `/contents/:id/${verb}`,
          caller: 'signedIn',
          params: paramsSchema,
          responses: { 200: contentSchema },
          problems: ['forbidden', 'content_decided'],
        },
        async ({ caller, params }) => {
          const decision = verb === 'approve' ? 'approved' : 'rejected';
          return { body: await decideContent(portal, caller, params.id, decision) };
        },
      ),
    ),
  ];
}
