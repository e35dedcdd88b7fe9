import { readText } from './read.ts';

/**
 * The wait that an answer asks for by `Retry-After`, a number of seconds or a date (RFC 9110, section
 * 10.2.3).
 *
 * @returns milliseconds, or undefined if it asks for none
 */
export function retryAfter(headers: Readonly<Record<string, unknown>>): number | undefined {
  const text = readText(headers, 'retry-after').trim();
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return wait > 0 ? wait : undefined;
}
