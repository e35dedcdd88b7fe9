import { createPublicKey, type KeyObject } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import * as z from 'zod/v4-mini';

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.optional(z.string()),
  aud: z.optional(z.string()),
  scope: z.optional(z.string()),
  iat: z.number(),
  exp: z.number(),
});

export type Claims = z.infer<typeof claimsSchema>;

/**
 * Checks algorithm (RS256), key id and signature. `isCurrent` checks the times of the token apart, because
 * Google answers a wrong time with another error than a wrong token.
 * @returns the claims; null when anything is wrong
 */
export function verifyJwt(token: string, publicKey: KeyObject, keyId: string): Claims | null {
  const kid = jsonwebtoken.decode(token, { complete: true })?.header.kid;
  if (kid !== undefined && kid !== keyId) return null;
  try {
    const unchecked = { ignoreExpiration: true, ignoreNotBefore: true };
    const claims = jsonwebtoken.verify(token, publicKey, { algorithms: ['RS256'], ...unchecked });
    return z.parse(claimsSchema, claims);
  } catch {
    return null;
  }
}

export function publicKeyOf(privateKey: string): KeyObject {
  return createPublicKey(privateKey);
}

/** Google lets clocks differ by 5 minutes and no token live longer than an hour. */
export function isCurrent(
  { iat, exp }: { iat: number; exp: number },
  now = Date.now() / 1000,
): boolean {
  return iat <= now + 300 && exp > now && exp - iat <= 3600 + 300;
}
