import type { IncomingHttpHeaders } from 'node:http';
import { errorInfo, GoogleError, type ErrorItem } from '../http/googleError.ts';
import type { Keys } from '../store/keys.ts';
import { checkToken } from './accessTokens.ts';
import { isCurrent, publicKeyOf, verifyJwt } from './jwt.ts';
import type { Revocations } from './revocations.ts';
import { serviceAccountEmail } from './serviceAccount.ts';

const scopePrefix = 'https://www.googleapis.com/auth/';

export interface Api {
  readonly host: 'sheets.googleapis.com' | 'drive.googleapis.com' | 'www.googleapis.com';
  /** Google's full name of the method, for the error's metadata. */
  readonly method: string;
  readonly scopes: readonly string[];
  /** Drive adds the older `errors` list. */
  readonly drive: boolean;
}

interface Caller {
  readonly email: string;
  readonly scopes: readonly string[] | 'all';
}

const help =
  'Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';

/** Checks the Bearer tokens of Sheets and Drive: the service account's own JWT, or one of ours. */
export class BearerCheck {
  private readonly keys: Keys;
  private readonly revocations: Revocations;
  private readonly publicKey;
  private readonly root: () => string;

  constructor(keys: Keys, revocations: Revocations, root: () => string) {
    this.revocations = revocations;
    this.keys = keys;
    this.publicKey = publicKeyOf(keys.serviceAccountKey);
    this.root = root;
  }

  /**
   * @returns the address of the account that asks
   * @throws GoogleError 401 without a valid token, 403 when its scopes do not suffice
   */
  require(headers: IncomingHttpHeaders, api: Api): string {
    const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) {
      throw unauthenticated(
        api,
        `Request is missing required authentication credential. ${help}`,
        'CREDENTIALS_MISSING',
      );
    }
    const caller = this.callerOf(token, api);
    if (!caller) {
      throw unauthenticated(
        api,
        `Request had invalid authentication credentials. ${help}`,
        'ACCESS_TOKEN_TYPE_UNSUPPORTED',
      );
    }
    const { email, scopes } = caller;
    if (scopes !== 'all' && !api.scopes.some((scope) => scopes.includes(scopePrefix + scope))) {
      throw insufficientScopes(api);
    }
    return email;
  }

  private callerOf(token: string, api: Api): Caller | null {
    if (token.startsWith('ya29.')) {
      const grant = checkToken(this.keys.accessTokenSecret, token);
      if (grant?.grant !== undefined && this.revocations.has(grant.grant)) return null;
      return grant && { email: grant.email, scopes: grant.scope.split(' ') };
    }
    const claims = verifyJwt(token, this.publicKey, this.keys.serviceAccountKeyId);
    if (!claims || claims.iss !== serviceAccountEmail || claims.sub !== claims.iss) return null;
    if (!isCurrent(claims)) return null;
    const email = serviceAccountEmail;
    if (claims.scope !== undefined) return { email, scopes: claims.scope.split(' ') };
    // A self-signed JWT without scopes is for one API, named by its audience.
    const audiences = [`https://${api.host}/`, `https://www.googleapis.com/`, `${this.root()}/`];
    return claims.aud !== undefined && audiences.includes(claims.aud)
      ? { email, scopes: 'all' }
      : null;
  }
}

function unauthenticated(api: Api, message: string, reason: string): GoogleError {
  const info = errorInfo(reason, { method: api.method, service: api.host });
  return new GoogleError(
    401,
    message,
    [info],
    driveErrors(api, {
      message: reason === 'CREDENTIALS_MISSING' ? 'Login Required.' : 'Invalid Credentials',
      domain: 'global',
      reason: reason === 'CREDENTIALS_MISSING' ? 'required' : 'authError',
      location: 'Authorization',
      locationType: 'header',
    }),
  );
}

function insufficientScopes(api: Api): GoogleError {
  const message = 'Request had insufficient authentication scopes.';
  const info = errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT', {
    method: api.method,
    service: api.host,
  });
  return new GoogleError(
    403,
    message,
    [info],
    driveErrors(api, {
      message: 'Insufficient Permission',
      domain: 'global',
      reason: 'insufficientPermissions',
    }),
  );
}

function driveErrors(api: Api, item: ErrorItem): ErrorItem[] | undefined {
  return api.drive ? [item] : undefined;
}
