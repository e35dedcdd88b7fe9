import { z } from 'zod/v4';
import { sessionFamilySchema, userIdSchema } from '../db/ids.ts';
import { ROLES } from '../db/schema.ts';

export const googleBodySchema = z.strictObject({
  idToken: z.string().min(1).max(10_000),
  nonce: z.string().min(1).max(500).optional(),
});
export const refreshBodySchema = z.strictObject({ refreshToken: z.string().min(1).max(500) });

export const userSchema = z
  .strictObject({
    id: userIdSchema,
    email: z.string(),
    name: z.string(),
    picture: z.string().nullable(),
    role: z.enum(ROLES),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof userSchema>;

/** The answer to a sign-in and to a refresh. `expiresIn` is the life of the access token in seconds. */
export const sessionSchema = z
  .strictObject({
    accessToken: z.string(),
    expiresIn: z.int(),
    refreshToken: z.string(),
    user: userSchema,
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof sessionSchema>;

/** A sign-in of a person, with all its refreshes. `id` stays the same. */
const runningSessionSchema = z
  .strictObject({
    id: sessionFamilySchema,
    signedInAt: z.iso.datetime(),
    /** The last refresh, or the sign-in. */
    refreshedAt: z.iso.datetime(),
    /** Whether this request comes from it. */
    isCurrent: z.boolean(),
  })
  .meta({ id: 'RunningSession' });
export type ShownSession = z.infer<typeof runningSessionSchema>;
export const sessionsSchema = z.strictObject({ items: z.array(runningSessionSchema) });

export const sessionParamsSchema = z.object({ id: sessionFamilySchema });
export const signOutQuerySchema = z.object({
  everywhere: z.enum(['true', 'false']).default('false'),
});

export const meSchema = z.strictObject({ user: userSchema });
