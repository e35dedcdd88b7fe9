import jwt from 'jsonwebtoken';
import { z } from 'zod/v4';
import type { CertificateOf } from './googleSignature.ts';
import type { SecurityEventError } from './schemas.ts';

/** https://accounts.google.com/.well-known/risc-configuration. An ID token's issuer has no slash at its end. */
const ISSUER = 'https://accounts.google.com/';

/** A session lives for 30 days: an older event has nothing to end. */
const AGE_SECONDS = 30 * 24 * 60 * 60;
const SKEW_SECONDS = 5 * 60;

/** The most events that one token may hold. Google sends one. */
const EVENTS_MOST = 10;

const RISC = 'https://schemas.openid.net/secevent/risc/event-type/';
const OAUTH = 'https://schemas.openid.net/secevent/oauth/event-type/';

/**
 * Google's events about an account. Of its other two, `token-revoked` is about one refresh token, which the
 * portal does not keep, and `verification` is a trial.
 *
 * @see https://developers.google.com/identity/protocols/risc#supported_event_types
 */
const KINDS: ReadonlyMap<string, AccountEvent['kind']> = new Map([
  [`${RISC}sessions-revoked`, 'sessions-revoked'],
  [`${OAUTH}tokens-revoked`, 'tokens-revoked'],
  [`${RISC}account-disabled`, 'account-disabled'],
  [`${RISC}account-enabled`, 'account-enabled'],
  [`${RISC}account-credential-change-required`, 'account-credential-change-required'],
]);

/** An event about one Google account. */
export interface AccountEvent {
  readonly kind:
    | 'sessions-revoked'
    | 'tokens-revoked'
    | 'account-disabled'
    | 'account-enabled'
    | 'account-credential-change-required';
  /** Google's `sub`. */
  readonly googleId: string;
  /** Why Google disabled the account: `hijacking` or `bulk-account`. */
  readonly reason: string | null;
}

/** A token that Google signed for this portal. */
export interface SecurityEvent {
  /** Google's id of the token: the same in each delivery. */
  readonly id: string;
  /** When Google made the token, by Google's clock. */
  readonly issuedAt: Date;
  readonly events: readonly AccountEvent[];
  /** Whether an operator has asked Google for this token, to try the receiver. */
  readonly isVerification: boolean;
}

/** The error for a token that the portal refuses, with the answer of RFC 8935, section 2.4. */
export class SecurityEventRefused extends Error {
  readonly answer: SecurityEventError;

  constructor(err: SecurityEventError['err'], description: string) {
    super(description);
    this.answer = { err, description };
  }
}

const claimsSchema = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string()).max(100)]),
  iat: z.number(),
  jti: z.string().min(1).max(1_000),
  events: z
    .record(z.string(), z.unknown())
    .refine((events) => Object.keys(events).length > 0)
    .refine((events) => Object.keys(events).length <= EVENTS_MOST),
});

const accountSchema = z.object({
  subject: z.object({
    iss: z.enum([ISSUER, 'https://accounts.google.com', 'accounts.google.com']),
    sub: z.string().regex(/^[\x21-\x7e]{1,255}$/),
  }),
  reason: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .optional()
    .catch(undefined),
});

/**
 * Reads a security event token (RFC 8417). It has no `exp`: it reports what has happened.
 *
 * @throws SecurityEventRefused; PortalError `google_unavailable` if Google's certificates cannot be had
 */
export async function readSecurityEvent(
  certificateOf: CertificateOf,
  clientId: string,
  token: string,
): Promise<SecurityEvent> {
  const certificate = await certificateOf(token);
  if (certificate === undefined) {
    const isToken = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
    throw isToken
      ? new SecurityEventRefused('invalid_key', 'The token is not signed with a key of Google.')
      : new SecurityEventRefused('invalid_request', 'The body is not a security event token.');
  }
  const claims = signedClaims(token, certificate);
  if (claims.iss !== ISSUER) {
    throw new SecurityEventRefused('invalid_issuer', `The issuer is not ${ISSUER}.`);
  }
  if (![claims.aud].flat().includes(clientId)) {
    throw new SecurityEventRefused('invalid_audience', 'The token is for another OAuth client.');
  }
  const age = Date.now() / 1_000 - claims.iat;
  if (age > AGE_SECONDS || age < -SKEW_SECONDS) {
    throw new SecurityEventRefused(
      'invalid_request',
      'The token is older than 30 days, or not yet valid.',
    );
  }
  const entries = Object.entries(claims.events);
  return {
    id: claims.jti,
    issuedAt: new Date(claims.iat * 1_000),
    events: entries.flatMap(([type, payload]) => accountEvent(type, payload)),
    isVerification: entries.some(([type]) => type === `${RISC}verification`),
  };
}

/** @returns nothing for an event that the portal does not know */
function accountEvent(type: string, payload: unknown): AccountEvent[] {
  const kind = KINDS.get(type);
  if (kind === undefined) return [];
  const parsed = accountSchema.safeParse(payload);
  if (!parsed.success) {
    throw new SecurityEventRefused('invalid_request', `The event ${kind} names no Google account.`);
  }
  const { subject, reason = null } = parsed.data;
  return [{ kind, googleId: subject.sub, reason }];
}

function signedClaims(token: string, certificate: string): z.infer<typeof claimsSchema> {
  let payload: unknown;
  try {
    payload = jwt.verify(token, certificate, { algorithms: ['RS256'], ignoreExpiration: true });
  } catch {
    // The errors of jsonwebtoken may quote the token.
    throw new SecurityEventRefused('invalid_key', 'The signature is not one of Google’s.');
  }
  const parsed = claimsSchema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new SecurityEventRefused(
    'invalid_request',
    'The token lacks one of iss, aud, iat, jti and events.',
  );
}
