import * as z from 'zod/v4-mini';
import { SPOILT_FAULTS } from '../http/route.ts';

const common = {
  service: z.enum(['sheets', 'drive', 'gemini', 'signin']),
  /** Google's name of the method (`values.batchGet`); without it, every method of the service. */
  method: z.optional(z.string()),
  /** How many requests it strikes; -1 is until it is taken away. */
  times: z._default(z.int(), 1),
};

/** Faults that only a model can have. */
const geminiKinds = [
  ...(['max_tokens', 'blocked', 'safety', 'empty', 'malformed', 'routed'] as const),
  ...SPOILT_FAULTS,
];

/** A fault that a test asks the stand-in to make. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('status'),
    status: z.union([
      z.literal(401),
      z.literal(403),
      z.literal(429),
      z.literal(500),
      z.literal(503),
    ]),
    /** `after`: the request is carried out, and answered with the error all the same. */
    when: z._default(z.enum(['before', 'after']), 'before'),
    retryAfterSeconds: z.optional(z.number().check(z.nonnegative())),
  }),
  z.strictObject({ ...common, kind: z.literal('delay'), ms: z.number().check(z.nonnegative()) }),
  z.strictObject({
    ...common,
    kind: z.literal('hold'),
    /** `before`: carried out when released; `after`: carried out at once, answered when released. */
    when: z._default(z.enum(['before', 'after']), 'before'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('reset'),
    /** `after`: the request is carried out, and the connection reset instead of an answer. */
    when: z._default(z.enum(['before', 'after']), 'before'),
  }),
  z.strictObject({ ...common, kind: z.enum(geminiKinds) }),
]);

export type Fault = z.infer<typeof faultSchema>;

export function isForGeminiOnly({ kind }: Fault): boolean {
  return geminiKinds.some((only) => only === kind);
}
