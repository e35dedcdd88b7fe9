import { isIP } from 'node:net';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

/**
 * The IP address that a request counts for: an IPv4 address, or the /56 of an IPv6 address, because one
 * connection to the Internet has at least so many addresses.
 *
 * A text in X-Forwarded-For that is no address is ignored: a client could send a new one each time.
 */
export function addressOf(req: Request): string {
  const told = req.ip ?? '';
  const address = isIP(told) === 0 ? (req.socket.remoteAddress ?? '') : told;
  return ipKeyGenerator(address);
}
