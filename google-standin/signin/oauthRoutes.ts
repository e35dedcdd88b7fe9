import { checkToken } from '../access/accessTokens.ts';
import type { Revocations } from '../access/revocations.ts';
import { GoogleError } from '../http/googleError.ts';
import type { Answer, Route } from '../http/route.ts';
import { refuseForeignPages } from '../http/control.ts';
import { AuthorizationRefused, parseAuthorization, type Authorization } from './authorization.ts';
import type { OAuthClient } from './clients.ts';
import type { Codes } from './codes.ts';
import { consentPage, refusalPage } from './consentPage.ts';
import type { SignIn } from './issuer.ts';
import { refreshGrant } from './tokens.ts';

interface Parts {
  readonly secret: string;
  readonly signIn: SignIn;
  readonly clients: readonly OAuthClient[];
  readonly codes: Codes;
  readonly revocations: Revocations;
  readonly root: () => string;
}

/** Routes of OAuth: the consent page, its decision, the person's profile, and revocation. */
export function oauthRoutes({ secret, signIn, clients, codes, ...rest }: Parts): Route[] {
  const { revocations, root } = rest;
  const path = /^\/o\/oauth2\/(?:v2\/)?auth$/;
  const shown = (query: URLSearchParams, answer: (asked: Authorization) => Answer): Answer => {
    try {
      return answer(parseAuthorization(query, clients));
    } catch (error) {
      if (!(error instanceof AuthorizationRefused)) throw error;
      return { status: error.status, body: refusalPage(error), headers: pageHeaders('') };
    }
  };
  const signin = { service: 'signin' as const };
  return [
    {
      ...signin,
      verb: 'GET',
      path,
      method: 'auth',
      handle: ({ url }) =>
        shown(url.searchParams, (asked) => ({
          body: consentPage(asked, url.searchParams, signIn.everyone()),
          // A form's target after a redirect counts too (Chromium).
          headers: pageHeaders(new URL(asked.redirectUri).origin),
        })),
    },
    {
      ...signin,
      verb: 'POST',
      path,
      method: 'auth',
      handle: (request) => {
        refuseForeignPages(request);
        const form = new URLSearchParams(request.text);
        return shown(form, (asked) => {
          const person = signIn.person(form.get('email') ?? '');
          const back =
            form.get('decision') === 'allow' && person
              ? { code: codes.issue({ authorization: asked, person }), scope: asked.scope }
              : { error: 'access_denied' };
          return redirect(asked, back);
        });
      },
    },
    {
      ...signin,
      verb: 'POST',
      path: /^\/(?:o\/oauth2\/)?revoke$/,
      method: 'revoke',
      handle: ({ url, text }) => {
        const token = new URLSearchParams(text).get('token') ?? url.searchParams.get('token') ?? '';
        const found = refreshGrant(secret, token) ?? checkToken(secret, token);
        if (!found?.grant || revocations.has(found.grant)) {
          const body = { error: 'invalid_token', error_description: 'Token expired or revoked' };
          return { status: 400, body };
        }
        revocations.add(found.grant);
        return { body: {} };
      },
    },
    {
      ...signin,
      verb: 'GET',
      method: 'userinfo',
      path: /^(?:\/oauth2\/(?<version>v[123])|\/v1)\/userinfo$/,
      handle: ({ headers, params }) => {
        const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
        const found = checkToken(secret, token);
        const person = found && signIn.person(found.email);
        if (!person || revocations.has(found.grant ?? '')) {
          throw new GoogleError(401, 'Request had invalid authentication credentials.');
        }
        return { body: signIn.profile(person, found.scope, params['version'] === 'v2', root()) };
      },
    },
    {
      ...signin,
      verb: 'GET',
      method: 'discovery',
      path: /^\/\.well-known\/openid-configuration$/,
      handle: () => ({
        body: {
          issuer: 'https://accounts.google.com',
          authorization_endpoint: `${root()}/o/oauth2/v2/auth`,
          token_endpoint: `${root()}/token`,
          userinfo_endpoint: `${root()}/v1/userinfo`,
          revocation_endpoint: `${root()}/revoke`,
          jwks_uri: `${root()}/oauth2/v3/certs`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          scopes_supported: ['openid', 'email', 'profile'],
          code_challenge_methods_supported: ['plain', 'S256'],
        },
      }),
    },
  ];
}

function redirect({ redirectUri, state }: Authorization, more: Record<string, string>): Answer {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(more)) target.searchParams.set(name, value);
  if (state !== null) target.searchParams.set('state', state);
  return { status: 302, body: '', headers: { Location: target.href, 'Cache-Control': 'no-store' } };
}

const pageHeaders = (formTarget: string) => ({
  'Content-Security-Policy': `default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self' ${formTarget}; frame-ancestors 'none'`,
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
});
