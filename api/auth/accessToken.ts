import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod/v4';
import { sessionFamilySchema, userIdSchema, type SessionFamily, type UserId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';

/** In seconds. */
export const ACCESS_TOKEN_LIFE = 10 * 60;

const ISSUER = 'digital-materi-portal';
const AUDIENCE = 'digital-materi-portal/api';
const ALGORITHM = 'HS256';

const claimsSchema = z.object({
  sub: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(userIdSchema),
  sid: sessionFamilySchema,
});

/** A token that names a person and their session for ten minutes, and nothing else. */
export function issueAccessToken(
  key: KeyObject,
  user: UserId,
  family: SessionFamily,
  lifetimeSeconds: number,
): string {
  return jwt.sign({ sid: family }, key, {
    algorithm: ALGORITHM,
    expiresIn: lifetimeSeconds,
    issuer: ISSUER,
    audience: AUDIENCE,
    subject: String(user),
  });
}

/** @throws PortalError `not_signed_in` for any token that is not ours, in order and in time */
export function readAccessToken(
  key: KeyObject,
  token: string,
): { userId: UserId; family: SessionFamily } {
  try {
    const payload = claimsSchema.parse(
      jwt.verify(token, key, { algorithms: [ALGORITHM], issuer: ISSUER, audience: AUDIENCE }),
    );
    return { userId: payload.sub, family: payload.sid };
  } catch {
    throw new PortalError(
      'not_signed_in',
      'The access token is not valid or has run out. Get a new one from /api/auth/refresh.',
    );
  }
}
