import { z } from 'zod/v4';
import { EVENT_TYPES, givenText, jobKindSchema } from '../../core/index.ts';
import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { listSubscriptions } from './list.ts';
import { putSubscription } from './put.ts';
import { removeSubscription } from './remove.ts';

/** Visible ASCII: PostgreSQL's unique index limits the bytes of an entry. */
const urlSchema = z
  .string()
  .max(2_000, { abort: true })
  .regex(/^[\x21-\x7e]*$/, {
    error: 'has characters that a URL writes with %-escapes',
    abort: true,
  })
  .pipe(z.url({ protocol: /^https?$/ }))
  .refine((text) => {
    if (!URL.canParse(text)) return true;
    const { username, password } = new URL(text);
    return username === '' && password === '' && !text.includes('#');
  }, 'must not have a user name, a password or a fragment (#)');

const nameSchema = givenText(200, 1);

const putBodySchema = z.strictObject({
  url: urlSchema,
  eventTypes: z.array(z.enum(EVENT_TYPES)).min(1).max(20),
  kinds: z.array(jobKindSchema).max(20).default([]),
  test: z.boolean().default(false),
  takeOver: z.boolean().default(false),
  workflow: z
    .strictObject({ instanceId: nameSchema, id: nameSchema, name: nameSchema, nodeId: nameSchema })
    .nullable()
    .default(null),
});
const listQuerySchema = z.object({ url: urlSchema.optional() });
const removeQuerySchema = z.object({ url: urlSchema });

export function subscriptionRoutes(portal: Portal): Route[] {
  const path = '/webhook/subscriptions';
  return [
    route(
      { method: 'GET', path, caller: 'signedIn', query: listQuerySchema },
      async ({ caller, query }) => ({
        body: { items: await listSubscriptions(portal, caller, query.url) },
      }),
    ),
    route({ method: 'PUT', path, caller: 'signedIn', body: putBodySchema }, async (asked) => ({
      body: { subscription: await putSubscription(portal, asked.caller, asked.body) },
    })),
    route(
      { method: 'DELETE', path, caller: 'signedIn', query: removeQuerySchema },
      async ({ caller, query }) => {
        await removeSubscription(portal, caller, query.url);
        return { status: 204 };
      },
    ),
  ];
}
