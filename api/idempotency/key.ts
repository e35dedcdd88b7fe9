import type { IncomingHttpHeaders } from 'node:http';
import { PortalError } from '../errors.ts';

/** A quoted string (RFC 9651, section 3.3.3), as the Internet-Draft of the header has it. */
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/;

/** A key without quotes, as most clients send it. */
const BARE = /^[\x21\x23-\x7e]{1,255}$/;

/**
 * Reads the `Idempotency-Key`; with and without quotes it is the same key.
 *
 * @throws PortalError `malformed`
 */
export function readIdempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const given = headers['idempotency-key']?.toString();
  if (given === undefined || BARE.test(given)) return given;
  const quoted = QUOTED.exec(given)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(["\\])/g, '$1');
  throw new PortalError(
    'malformed',
    'Idempotency-Key is not 1 to 255 visible ASCII characters, with or without quotes around them.',
  );
}
