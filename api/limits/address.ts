import { isIP } from 'node:net';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

/**
 * Returns the IP address that a request counts for: an IPv4 address, or the /56 block of an IPv6 address.
 * An Internet connection often has a whole /56 block, and its owner could use each address once.
 *
 * It ignores a text in X-Forwarded-For that is no address: a client could send a new text each time.
 */
export function addressOf(req: Request): string {
  const claimed = req.ip ?? '';
  const address = isIP(claimed) === 0 ? (req.socket.remoteAddress ?? '') : claimed;
  return ipKeyGenerator(address);
}
