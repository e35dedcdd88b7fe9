import { z } from 'zod/v4';
import { sessionFamilySchema, userIdSchema } from '../db/ids.ts';
import { ROLES } from '../db/schema.ts';

/** The nonce of the request to Google, if it had one. */
const nonceSchema = z.string().min(1).max(500).optional();

/** An ID token, or an authorization code that Google exchanges for one. */
const codeBodySchema = z.strictObject({
  code: z.string().regex(/^[\x21-\x7e]{1,2000}$/, 'is not an authorization code of Google'),
  /** RFC 7636, section 4.1. */
  codeVerifier: z
    .string()
    .regex(/^[\w.~-]{43,128}$/, 'is not 43 to 128 letters, digits or - . _ ~'),
  /** The address to which Google sent the person with the code. */
  redirectUri: z.string().min(1).max(2_000),
  nonce: nonceSchema,
});
export type CodeBody = z.infer<typeof codeBodySchema>;
export const googleBodySchema = z.union([
  z.strictObject({ idToken: z.string().min(1).max(10_000), nonce: nonceSchema }),
  codeBodySchema,
]);
export type GoogleBody = z.infer<typeof googleBodySchema>;

/** A security event token of Google, as text. */
export const securityEventSchema = z.string();

/** RFC 8935, section 2.3. */
export const securityEventErrorSchema = z.strictObject({
  err: z.enum(['invalid_request', 'invalid_key', 'invalid_issuer', 'invalid_audience']),
  description: z.string(),
});
export type SecurityEventError = z.infer<typeof securityEventErrorSchema>;

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
