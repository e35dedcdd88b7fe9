import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signatures by the Standard Webhooks specification (github.com/standard-webhooks/standard-webhooks,
 * spec/standard-webhooks.md).
 *
 * The package `standardwebhooks` reads `globalThis`, which n8n's scanner refuses in a community node. The
 * tests compare this module with that package.
 */

/** How far a timestamp may be from now, in seconds, either way. */
const TOLERANCE_SECONDS = 5 * 60;

/** The specification sets no limit. An entry of PostgreSQL's index has at most 2,704 bytes. */
const WEBHOOK_ID = /^[\x21-\x7e]{1,256}$/;

/** The length of an HMAC-SHA256. */
const MAC_BYTES = 32;

/** One direction's secrets, `whsec_` and base64: the first signs, all verify, so that they rotate. */
export type Secrets = readonly [string, ...string[]];

export interface SignedHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

export class SignatureError extends Error {
  override readonly name = 'SignatureError';
}

/**
 * The headers that sign a body.
 *
 * @param message `id` stays the same on every redelivery; `timestamp` is this delivery's, in
 *   seconds since 1970; `body` is sent byte for byte as given here
 * @throws SignatureError if the first secret is not `whsec_` and base64
 */
export function sign(
  secrets: Secrets,
  message: { id: string; timestamp: number; body: string },
): SignedHeaders {
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': `v1,${mac(secrets[0], message).toString('base64')}`,
  };
}

type Headers = Readonly<Record<string, unknown>>;

/**
 * Reads a request's signature without its body, so that a receiver can refuse before it reads one.
 *
 * @param headers the request's, names in lower case
 * @param now seconds since 1970
 * @throws SignatureError if a header is missing or malformed, or the time is not within five minutes
 */
export function readSignature(
  headers: Headers,
  now: number,
): { id: string; timestamp: number; signatures: readonly Buffer[] } {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    throw new SignatureError(
      'The request is not signed: webhook-id, webhook-timestamp and webhook-signature are required.',
    );
  }
  if (!WEBHOOK_ID.test(id)) {
    throw new SignatureError('webhook-id is not 1 to 256 visible ASCII characters.');
  }
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new SignatureError('webhook-timestamp is not a number of seconds since 1970.');
  }
  if (Math.abs(now - Number(timestamp)) > TOLERANCE_SECONDS) {
    throw new SignatureError(
      'webhook-timestamp is more than 5 minutes from now: sign the delivery again, and check the clocks.',
    );
  }
  const given = signatures
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'))
    .filter(({ length }) => length === MAC_BYTES);
  if (given.length === 0) {
    throw new SignatureError('webhook-signature has no signature of the form v1,<base64>.');
  }
  return { id, timestamp: Number(timestamp), signatures: given };
}

/**
 * Checks that a request was signed with one of the secrets, less than five minutes from now.
 *
 * @param headers the request's, names in lower case
 * @param now seconds since 1970
 * @returns the webhook-id, by which a repeated delivery is known
 * @throws SignatureError that says what is wrong, and never the right signature
 */
export function verify(
  secrets: Secrets,
  { headers, body, now }: { headers: Headers; body: string; now: number },
): string {
  const { id, timestamp, signatures } = readSignature(headers, now);
  const valid = secrets
    .map((secret) => mac(secret, { id, timestamp, body }))
    .some((right) => signatures.some((s) => timingSafeEqual(s, right)));
  if (!valid) throw new SignatureError('webhook-signature matches none of the secrets.');
  return id;
}

function mac(secret: string, message: { id: string; timestamp: number; body: string }): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (key.length === 0) {
    throw new SignatureError('A webhook secret is not of the form whsec_<base64>.');
  }
  return createHmac('sha256', key)
    .update(`${message.id}.${message.timestamp}.${message.body}`)
    .digest();
}
