import type { Route } from '../http/route.ts';
import type { TokenEndpoint } from './tokens.ts';
import type { Keys } from '../store/keys.ts';
import { issueToken } from '../access/accessTokens.ts';
import { isCurrent, publicKeyOf, verifyJwt } from '../access/jwt.ts';
import { serviceAccountCertificates, serviceAccountEmail } from '../access/serviceAccount.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** `POST /token` for service accounts (RFC 7523) and for people, and the account's certificates. */
export function accessRoutes(keys: Keys, people: TokenEndpoint, root: () => string): Route[] {
  const publicKey = publicKeyOf(keys.serviceAccountKey);
  const certificates = serviceAccountCertificates(keys);
  const refuse = (error: string, description: string) => ({
    status: 400,
    body: { error, error_description: description },
  });
  return [
    {
      verb: 'POST',
      path: /^\/token$/,
      service: 'signin',
      method: 'token',
      handle: ({ text, headers }) => {
        const form = new URLSearchParams(text);
        if (form.get('grant_type') !== grantType) return people.answer(form, headers);
        const claims = verifyJwt(form.get('assertion') ?? '', publicKey, keys.serviceAccountKeyId);
        if (!claims || claims.iss !== serviceAccountEmail) {
          return refuse('invalid_grant', 'Invalid JWT Signature.');
        }
        if (!isCurrent(claims)) {
          return refuse(
            'invalid_grant',
            'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
          );
        }
        if (
          !['https://oauth2.googleapis.com/token', `${root()}/token`].includes(claims.aud ?? '')
        ) {
          return refuse('invalid_grant', 'Invalid JWT: Failed audience check.');
        }
        if (!claims.scope) {
          return refuse('invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
        }
        const exp = Math.floor(Date.now() / 1000) + 3600;
        const grant = { email: serviceAccountEmail, scope: claims.scope, exp };
        const access_token = issueToken(keys.accessTokenSecret, grant);
        return { body: { access_token, expires_in: 3599, token_type: 'Bearer' } };
      },
    },
    {
      verb: 'GET',
      path: /^\/robot\/v1\/metadata\/x509\/(?<email>[^/]+)$/,
      service: 'signin',
      method: 'serviceAccountCerts',
      handle: async ({ params }) =>
        params['email'] === serviceAccountEmail
          ? { body: await certificates }
          : { status: 404, body: { error: 'unknown service account' } },
    },
  ];
}
