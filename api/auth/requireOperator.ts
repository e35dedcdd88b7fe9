import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList } from 'node:net';
import type { Request } from 'express';
import type { Config } from '../config/config.ts';
import { PortalError } from '../errors.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** A proxy sets one of these: then the connection comes from the proxy, and not from the caller. */
const OF_PROXIES = ['Forwarded', 'X-Forwarded-For', 'X-Real-IP', 'Via'];

/**
 * Lets a program that watches the portal in. With METRICS_TOKEN set, it must send the token. Without it,
 * it must run on this machine; no header is believed about that.
 *
 * @throws PortalError `not_signed_in`, `forbidden`
 */
export function requireOperator(
  { metricsTokenHash }: Pick<Config, 'metricsTokenHash'>,
  req: Request,
): void {
  if (metricsTokenHash === null) {
    if (isOfThisMachine(req)) return;
    throw new PortalError(
      'forbidden',
      'Only programs on the same machine may read this. Set METRICS_TOKEN to allow others.',
    );
  }
  const token = /^Bearer +(\S+)$/i.exec(req.get('Authorization') ?? '')?.[1] ?? '';
  const hash = createHash('sha256').update(token).digest();
  if (timingSafeEqual(metricsTokenHash, hash)) return;
  throw new PortalError('not_signed_in', 'Send Authorization: Bearer <METRICS_TOKEN>.');
}

function isOfThisMachine(req: Request): boolean {
  const { remoteAddress, remoteFamily } = req.socket;
  if (remoteAddress === undefined || OF_PROXIES.some((name) => req.get(name) !== undefined)) {
    return false;
  }
  // An IPv4 address in an IPv6 one (::ffff:127.0.0.1) is checked as the IPv4 one.
  return LOOPBACK.check(remoteAddress, remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4');
}
