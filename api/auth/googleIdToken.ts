import { OAuth2Client } from 'google-auth-library';
import { z } from 'zod/v4';
import type { Config } from '../config.ts';
import { PortalError } from '../errors.ts';

/** What an ID token says of a person (developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload). */
const claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().min(3),
  email_verified: z.union([z.literal(true), z.literal('true')]),
  name: z.string().optional(),
  picture: z.string().optional(),
  hd: z.string().optional(),
  nonce: z.string().optional(),
});

export interface GooglePerson {
  /** Google's `sub`: the one thing about a person that never changes. */
  readonly googleId: string;
  readonly email: string;
  readonly name: string;
  readonly picture: string | null;
}

export type VerifyIdToken = (idToken: string, nonce?: string) => Promise<GooglePerson>;

/**
 * Makes the check of Google ID tokens: signature, audience, both forms of the issuer, expiry, a
 * verified address, the nonce, and the domain where one is configured.
 *
 * What google-auth-library says of a bad token quotes the token, so it is neither logged nor shown.
 *
 * @throws PortalError `token_refused`, or `google_unavailable` if Google's certificates cannot be had
 */
export function idTokenVerifier(google: Config['google']): VerifyIdToken {
  const client = new OAuth2Client({
    clientId: google.clientId,
    issuers: ['accounts.google.com', 'https://accounts.google.com'],
    ...(google.rootUrl === null
      ? {}
      : {
          endpoints: { oauth2FederatedSignonPemCertsUrl: `${google.rootUrl}/oauth2/v1/certs` },
        }),
  });

  return async (idToken, nonce) => {
    await client.getFederatedSignonCertsAsync().catch(() => {
      throw new PortalError(
        'google_unavailable',
        'Google’s certificates cannot be fetched, so nobody can sign in now. Try again in a moment.',
      );
    });
    const payload = await client
      .verifyIdToken({ idToken, audience: google.clientId })
      .then((ticket) => claims.parse(ticket.getPayload()))
      .catch(() => {
        throw new PortalError(
          'token_refused',
          'The ID token is not one of Google’s for this portal, or has run out. Sign in again.',
        );
      });
    if (payload.nonce !== nonce) {
      throw new PortalError('token_refused', 'The ID token was made for another sign-in.');
    }
    if (google.hostedDomain !== null && payload.hd?.toLowerCase() !== google.hostedDomain) {
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
    };
  };
}
