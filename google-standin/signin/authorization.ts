import { isRegistered, type OAuthClient } from './clients.ts';

/** An application's request for a person's consent (RFC 6749 4.1.1, RFC 7636, OpenID Connect). */
export interface Authorization {
  readonly client: OAuthClient;
  readonly redirectUri: string;
  readonly scope: string;
  readonly state: string | null;
  readonly nonce: string | null;
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | null;
  /** Whether a refresh token is wanted. */
  readonly offline: boolean;
  readonly loginHint: string | null;
}

/** Shown to the person and never redirected: the address cannot be trusted, or nothing is asked. */
export class AuthorizationRefused extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, message: string) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

/** The parameters that make up an authorization, as the consent page hands them on. */
export const authorizationParameters = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'access_type',
  'login_hint',
] as const;

/** @throws AuthorizationRefused with Google's error of the same case */
export function parseAuthorization(
  query: URLSearchParams,
  clients: readonly OAuthClient[],
): Authorization {
  const required = (name: string) => {
    const value = query.get(name);
    if (value === null || value === '') {
      throw new AuthorizationRefused(400, 'invalid_request', `Missing required parameter: ${name}`);
    }
    return value;
  };
  const clientId = required('client_id');
  const client = clients.find((known) => known.clientId === clientId);
  if (!client) {
    throw new AuthorizationRefused(401, 'invalid_client', 'The OAuth client was not found.');
  }
  const redirectUri = required('redirect_uri');
  if (!isRegistered(client, redirectUri)) {
    throw new AuthorizationRefused(
      400,
      'redirect_uri_mismatch',
      `The redirect URI in the request, ${redirectUri}, does not match the ones authorized for the OAuth client.`,
    );
  }
  const responseType = required('response_type');
  if (responseType !== 'code') {
    throw new AuthorizationRefused(
      400,
      'unsupported_response_type',
      `Invalid response_type: ${responseType}`,
    );
  }
  return {
    client,
    redirectUri,
    scope: required('scope'),
    state: query.get('state'),
    nonce: query.get('nonce'),
    challenge: challengeOf(query),
    offline: query.get('access_type') === 'offline',
    loginHint: query.get('login_hint'),
  };
}

function challengeOf(query: URLSearchParams): Authorization['challenge'] {
  const value = query.get('code_challenge');
  const method = query.get('code_challenge_method') ?? 'plain';
  if (value === null) return null;
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(value)) {
    throw new AuthorizationRefused(400, 'invalid_request', 'Invalid code_challenge.');
  }
  if (method !== 'S256' && method !== 'plain') {
    throw new AuthorizationRefused(
      400,
      'invalid_request',
      `Invalid code_challenge_method: ${method}`,
    );
  }
  return { value, method };
}
