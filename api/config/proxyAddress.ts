import { isIP } from 'node:net';

/** The names that Express has for loopback, link-local and private addresses. */
const NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** Whether a text names a proxy as Express takes it: an IP address, a subnet, or a name. */
export function isProxyAddress(text: string): boolean {
  if (NAMES.includes(text)) return true;
  const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return false;
  // A subnet of 0 bits has every IP address, as `true` would be.
  return bits === undefined || (Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128));
}
