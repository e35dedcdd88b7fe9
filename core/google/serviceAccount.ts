import { createPrivateKey, sign, type KeyObject } from 'node:crypto';

/** How a service account gets an access token from Google: RFC 7523, signed with its private key. */

/** The scopes of a service account that reads and writes a catalog and lists spreadsheets. */
export const CATALOG_SCOPES: readonly string[] = [
  'https://www.googleapis.com/auth/spreadsheets',
  'https://www.googleapis.com/auth/drive.metadata.readonly',
];

/** Google takes a signed claim for at most an hour. */
const LIFETIME_SECONDS = 3_600;

const LONGEST_KEY = 20_000;

/** The credential is wrong, so trying again does not help. The message says what to do. */
export class CredentialError extends Error {
  override readonly name = 'CredentialError';
}

/** Google's token service is busy or fails. Trying again may help. */
export class TokenUnavailable extends Error {
  override readonly name = 'TokenUnavailable';
  readonly code = 'TOKEN_UNAVAILABLE';
}

interface Account {
  readonly email: string;
  readonly privateKey: string;
  readonly tokenUrl: string;
  readonly scopes: readonly string[];
}

/**
 * The body of the request to the token service.
 *
 * @param now seconds since 1970
 * @throws CredentialError if the key cannot sign
 */
export function tokenRequest(account: Account, now: number): string {
  const { email, privateKey, tokenUrl, scopes } = account;
  const key = readKey(privateKey);
  const part = (content: object): string =>
    Buffer.from(JSON.stringify(content)).toString('base64url');
  const claim = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({
    iss: email.trim(),
    sub: email.trim(),
    scope: scopes.join(' '),
    aud: tokenUrl,
    iat: now,
    exp: now + LIFETIME_SECONDS,
  })}`;
  const signature = sign('sha256', Buffer.from(claim), key).toString('base64url');
  return new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: `${claim}.${signature}`,
  }).toString();
}

const PASTE =
  'Paste private_key of the key file whole, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.';

function readKey(pasted: string): KeyObject {
  // The JSON key file writes each line end as \n and puts quotes around the key.
  const pem = pasted.slice(0, LONGEST_KEY).replaceAll('\\n', '\n').replaceAll('"', '').trim();
  if (pem === '') throw new CredentialError(`The private key is missing. ${PASTE}`);
  if (pem.includes('ENCRYPTED')) {
    throw new CredentialError(
      `The private key is protected by a passphrase. Google makes no such keys. ${PASTE}`,
    );
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw new CredentialError(`The private key cannot be read. ${PASTE}`);
  }
  if (key.asymmetricKeyType !== 'rsa') {
    throw new CredentialError(
      `The private key is not an RSA key, so it is not from Google. ${PASTE}`,
    );
  }
  return key;
}

/**
 * The access token in the token service's answer.
 *
 * @throws CredentialError if Google refuses the account; TokenUnavailable if it may give one later
 */
export function accessTokenOf(email: string, status: number, body: unknown): string {
  const { access_token: token, error, error_description: description } = fieldsOf(body);
  if (status === 200 && token !== undefined) return token;
  const said = [error, description].filter((text) => text !== undefined).join(': ');
  const google = `Google's token service answered ${status}${said === '' ? '' : ` (${said.slice(0, 300)})`}.`;
  if (status === 429 || status >= 500) throw new TokenUnavailable(google);
  // The token service gives every refusal an `error` (RFC 6749, 5.2).
  if (error === undefined) {
    throw new CredentialError(
      `The answer (HTTP ${status}) is not from Google's token service. Leave API Base URL of the credential empty.`,
    );
  }
  throw new CredentialError(`${google} ${advice(email, description ?? '')}`);
}

function advice(email: string, description: string): string {
  if (/account not found/i.test(description)) {
    return `Google knows no service account ${email.trim().slice(0, 200)}. Copy client_email of the key file.`;
  }
  if (/invalid jwt signature/i.test(description)) {
    return 'The private key is not of this service account, or was deleted. Copy client_email and private_key from one key file.';
  }
  if (/reasonable timeframe|short-lived/i.test(description)) {
    return 'The clock of the machine that runs n8n is wrong. Set it.';
  }
  return 'Check the e-mail address and the key, and that the service account is not disabled.';
}

type Fields = Readonly<
  Partial<Record<'access_token' | 'error' | 'error_description', string | undefined>>
>;

function fieldsOf(body: unknown): Fields {
  const text = (name: string): string | undefined => {
    const value: unknown =
      typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    access_token: text('access_token'),
    error: text('error'),
    error_description: text('error_description'),
  };
}
