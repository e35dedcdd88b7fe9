import { randomUUID } from 'node:crypto';
import { checkToken, issueToken } from '../access/accessTokens.ts';
import type { Revocations } from '../access/revocations.ts';
import type { Answer, RouteRequest } from '../http/route.ts';
import { isSecret, type OAuthClient } from './clients.ts';
import { isVerified, type Codes } from './codes.ts';
import type { SignIn } from './issuer.ts';

const refreshPrefix = '1//';
/** Refresh tokens do not run out by themselves. */
const never = 32_503_680_000;

interface Parts {
  readonly secret: string;
  readonly clients: readonly OAuthClient[];
  readonly codes: Codes;
  readonly revocations: Revocations;
  readonly signIn: SignIn;
  readonly root: () => string;
}

/** `POST /token` for people: a code, or a refresh token, against an access token. */
export class TokenEndpoint {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async answer(form: URLSearchParams, headers: RouteRequest['headers']): Promise<Answer> {
    const grantType = form.get('grant_type') ?? '';
    if (grantType !== 'authorization_code' && grantType !== 'refresh_token') {
      return refuse(400, 'unsupported_grant_type', `Invalid grant_type: ${grantType}`);
    }
    const client = this.clientOf(form, headers.authorization);
    if (!('clientId' in client)) return client;
    return grantType === 'refresh_token'
      ? this.refresh(client, form.get('refresh_token') ?? '')
      : this.redeemCode(client, form);
  }

  private clientOf(form: URLSearchParams, header = ''): OAuthClient | Answer {
    const basic = /^Basic +(\S+)$/i.exec(header)?.[1];
    const [id, secret] =
      basic === undefined
        ? [form.get('client_id'), form.get('client_secret')]
        : Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent);
    const client = this.parts.clients.find(({ clientId }) => clientId === id);
    if (!client) return refuse(401, 'invalid_client', 'The OAuth client was not found.');
    if (!secret) return refuse(400, 'invalid_request', 'client_secret is missing.');
    if (!isSecret(client, secret)) {
      return refuse(401, 'invalid_client', 'The provided client secret is invalid.');
    }
    return client;
  }

  private async redeemCode(client: OAuthClient, form: URLSearchParams): Promise<Answer> {
    const consent = this.parts.codes.redeem(form.get('code') ?? '');
    if (!consent) return refuse(400, 'invalid_grant', 'Malformed auth code.');
    const { authorization, person } = consent;
    if (authorization.client !== client) return refuse(401, 'unauthorized_client', 'Unauthorized');
    if (authorization.redirectUri !== form.get('redirect_uri')) {
      return refuse(400, 'redirect_uri_mismatch', 'Bad Request');
    }
    const verifier = form.get('code_verifier');
    if (!isVerified(authorization, verifier)) {
      const what = verifier === null ? 'Missing' : 'Invalid';
      return refuse(400, 'invalid_grant', `${what} code verifier.`);
    }
    const { scope, nonce, offline } = authorization;
    const grant = `${client.clientId} ${randomUUID()}`;
    const { secret } = this.parts;
    const refresh = issueToken(secret, { email: person.email, scope, exp: never, grant });
    return {
      body: {
        ...(await this.tokens(client, { email: person.email, scope, grant }, nonce)),
        ...(offline ? { refresh_token: refresh.replace(/^ya29\./, refreshPrefix) } : {}),
      },
    };
  }

  private async refresh(client: OAuthClient, token: string): Promise<Answer> {
    const found = refreshGrant(this.parts.secret, token);
    const live =
      found?.grant?.startsWith(`${client.clientId} `) && !this.parts.revocations.has(found.grant);
    if (!found?.grant || !live) {
      return refuse(400, 'invalid_grant', 'Token has been expired or revoked.');
    }
    const { email, scope, grant } = found;
    return { body: await this.tokens(client, { email, scope, grant }, null) };
  }

  private async tokens(
    { clientId }: OAuthClient,
    { email, scope, grant }: { email: string; scope: string; grant: string },
    nonce: string | null,
  ): Promise<object> {
    const { secret, signIn, root } = this.parts;
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const person = signIn.person(email);
    return {
      access_token: issueToken(secret, { email, scope, exp, grant }),
      expires_in: 3599,
      scope,
      token_type: 'Bearer',
      ...(person && scope.split(' ').includes('openid')
        ? { id_token: await signIn.idToken(person, clientId, nonce, root()) }
        : {}),
    };
  }
}

/** Reads a refresh token. @returns its user and its scopes; null: the stand-in did not make the token */
export function refreshGrant(secret: string, token: string) {
  return token.startsWith(refreshPrefix)
    ? checkToken(secret, token.replace(refreshPrefix, 'ya29.'))
    : null;
}

function refuse(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}
