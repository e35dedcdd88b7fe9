import { randomBytes } from 'node:crypto';

/** A UUIDv7 (RFC 9562): the time in ms, then 74 random bits; ids made later sort after. */
export function uuidv7(time = Date.now()): string {
  const hex = time.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) % 4)).toString(16);
  const [a, b, c, d] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16), hex.slice(17, 20)];
  return `${a}-${b}-7${c}-${variant}${d}-${hex.slice(20)}`;
}
