import { createHash } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod/v4';
import { beginning } from '../../core/index.ts';
import type { Config } from '../config/config.ts';
import { PortalError } from '../errors.ts';
import { lowerAscii } from '../lowerAscii.ts';
import type { CertificateOf } from './googleSignature.ts';

/** How old an ID token may be, and how far two clocks may differ, in seconds. */
const AGE_SECONDS = 10 * 60;
const SKEW_SECONDS = 30;

/** PostgreSQL refuses NUL in a text. */
const shortText = (most: number) =>
  z.string().transform((text) => beginning(text.replaceAll('\0', ''), most));

/** The claims of an ID token about a person (developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload). */
const claimsSchema = z.object({
  sub: z.string().regex(/^[\x21-\x7e]{1,255}$/),
  email: z
    .string()
    .min(3)
    .max(320)
    .refine((email) => !email.includes('\0')),
  email_verified: z.literal(true),
  aud: z.string(),
  iat: z.number(),
  exp: z.number(),
  name: shortText(200).optional(),
  picture: shortText(2_000).optional(),
  hd: z.string().optional(),
  nonce: z.string().optional(),
});

export interface GooglePerson {
  /** Google's `sub`: the one thing about a person that never changes. */
  readonly googleId: string;
  readonly email: string;
  readonly name: string;
  readonly picture: string | null;
  /** When Google made the token, by Google's clock. */
  readonly issuedAt: Date;
}

export type VerifyIdToken = (idToken: string, nonce?: string) => Promise<GooglePerson>;

/**
 * Makes the check of Google ID tokens. It checks signature, audience, issuer (both forms), times, nonce,
 * and that Google has verified the address. Where a domain is configured, it checks that too.
 *
 * google-auth-library's own check lets clocks differ by five minutes, which cannot be set. No error repeats
 * the token, so it is neither logged nor shown.
 *
 * @throws PortalError `token_refused`, or `google_unavailable` if Google's certificates cannot be had
 */
export function idTokenVerifier(
  google: Pick<Config['google'], 'clientId' | 'hostedDomain'>,
  certificateOf: CertificateOf,
): VerifyIdToken {
  return async (idToken, nonce) => {
    const certificate = await certificateOf(idToken);
    if (certificate === undefined) throw refused();
    const payload = verified(idToken, certificate, google.clientId);
    if (payload.nonce !== nonce) {
      throw new PortalError('token_refused', 'The ID token was made for another sign-in.');
    }
    const domain = payload.hd === undefined ? undefined : lowerAscii(payload.hd);
    if (google.hostedDomain !== null && domain !== google.hostedDomain) {
      throw new PortalError(
        'token_refused',
        `Only accounts of ${google.hostedDomain} may sign in here.`,
      );
    }
    return {
      googleId: payload.sub,
      email: payload.email,
      name: payload.name ?? payload.email,
      picture: payload.picture ?? null,
      issuedAt: new Date(payload.iat * 1_000),
    };
  };
}

/**
 * The hash that recognises a token: SHA-256 of its signed part. The signature is left out, because
 * the last character of its base64url has bits that no decoder reads.
 */
export function idTokenHash(idToken: string): string {
  const signed = idToken.slice(0, idToken.lastIndexOf('.'));
  return createHash('sha256').update(signed).digest('hex');
}

function verified(
  idToken: string,
  certificate: string,
  clientId: string,
): z.infer<typeof claimsSchema> {
  try {
    const payload = claimsSchema.parse(
      jwt.verify(idToken, certificate, {
        algorithms: ['RS256'],
        audience: clientId,
        issuer: ['accounts.google.com', 'https://accounts.google.com'],
        maxAge: AGE_SECONDS,
        clockTolerance: SKEW_SECONDS,
      }),
    );
    if (payload.iat <= Date.now() / 1_000 + SKEW_SECONDS) return payload;
  } catch {
    // The errors of jsonwebtoken and zod may quote the token.
  }
  throw refused();
}

function refused(): PortalError {
  return new PortalError(
    'token_refused',
    'The ID token is not one of Google’s for this portal, or it has expired. Sign in again.',
  );
}
