import { createHash, createHmac, randomBytes, type KeyObject } from 'node:crypto';

/** In milliseconds: for this long, a token that was already used gives the same successor again. */
export const REUSE_GRACE = 10_000;

/** An opaque token of 256 random bits. */
export function newRefreshToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The token that follows one. It is computed and not stored. So parallel refreshes with one token get the
 * same successor. And a thief of the database finds no token there.
 *
 * The key is derived from JWT_SECRET, so that what signs access tokens makes nothing else.
 */
export function successorOf(jwtKey: KeyObject, token: string): string {
  const key = createHmac('sha256', jwtKey).update('refresh token successor').digest();
  return createHmac('sha256', key).update(token).digest('base64url');
}

/** The form in which a refresh token is stored: SHA-256 in hex. */
export function refreshTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
