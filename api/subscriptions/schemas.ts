import { z } from 'zod/v4';
import { EVENT_TYPES, givenText, jobKindSchema } from '../../core/index.ts';
import { subscriptionIdSchema } from '../db/ids.ts';

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

export const putBodySchema = z.strictObject({
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
export const listQuerySchema = z.object({ url: urlSchema.optional() });
export const removeQuerySchema = z.object({ url: urlSchema });

const subscriptionSchema = z
  .strictObject({
    id: subscriptionIdSchema,
    url: z.string(),
    eventTypes: z.array(z.enum(EVENT_TYPES)),
    kinds: z.array(jobKindSchema),
    test: z.boolean(),
    /** The kinds of jobs that go to this subscription: it was put last of all that ask for them. */
    claims: z.array(jobKindSchema),
    /** The trigger of the subscription: which node of which workflow of which n8n. */
    workflow: z
      .strictObject({
        instanceId: z.string(),
        id: z.string(),
        name: z.string(),
        nodeId: z.string(),
      })
      .nullable(),
    createdAt: z.iso.datetime(),
    /** `status` is the HTTP status; null: there was no answer. */
    lastDelivery: z
      .strictObject({ at: z.string(), status: z.int().nullable(), error: z.string().nullable() })
      .nullable(),
    /** Open: n8n did not answer, or answered 5xx, several times in a row, so nothing is posted. */
    circuit: z.strictObject({
      state: z.enum(['closed', 'open']),
      /** Posts in a row that failed so. */
      misses: z.int(),
      /** When one event is posted, to see whether n8n answers. Null: the circuit is closed. */
      probeAt: z.iso.datetime().nullable(),
    }),
  })
  .meta({ id: 'Subscription' });
export type Subscription = z.infer<typeof subscriptionSchema>;

export const listedSchema = z.strictObject({ items: z.array(subscriptionSchema) });
export const putSchema = z.strictObject({ subscription: subscriptionSchema });
