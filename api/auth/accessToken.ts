import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod/v4';
import { sessionFamilySchema, userIdSchema, type SessionFamily, type UserId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';

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
  exp: z.number(),
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

type Person = Extract<Caller, { kind: 'user' }>;

interface Verified {
  readonly caller: Person;
  readonly expiresAtMs: number;
}

/** People with a verified token; of more, the tokens that came first are verified again. */
const VERIFIED_MOST = 1_000;

/**
 * Tokens that were verified, until they run out. To verify them took 10 % of the CPU time of
 * `GET /api/jobs/:id` (bench:api). Whether the session still runs is asked in PostgreSQL each time.
 */
const verified = new WeakMap<KeyObject, Map<string, Verified>>();

/** The person of a token that was verified before; undefined: it has to be verified, or has run out. */
export function verifiedCaller(key: KeyObject, token: string): Person | undefined {
  const known = verified.get(key)?.get(token);
  return known !== undefined && known.expiresAtMs > Date.now() ? known.caller : undefined;
}

/** @throws PortalError `not_signed_in` for any token that is not ours, in order and in time */
export function readAccessToken(key: KeyObject, token: string): Person {
  const kept = verified.get(key) ?? new Map<string, Verified>();
  verified.set(key, kept);
  try {
    const { sub, sid, exp } = claimsSchema.parse(
      jwt.verify(token, key, { algorithms: [ALGORITHM], issuer: ISSUER, audience: AUDIENCE }),
    );
    const caller = { kind: 'user', userId: sub, family: sid } as const;
    const [oldest] = kept.size < VERIFIED_MOST ? [] : kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(token, { caller, expiresAtMs: exp * 1_000 });
    return caller;
  } catch {
    kept.delete(token);
    throw new PortalError(
      'not_signed_in',
      'The access token is not valid or has run out. Get a new one from /api/auth/refresh.',
    );
  }
}
