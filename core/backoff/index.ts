/**
 * The pause before the next try, in milliseconds. It doubles with each try. A random part, up to a half, is
 * taken away, so that requests that failed together are not repeated together.
 *
 * @param pause the first pause, and the longest, in milliseconds
 * @param tries how many have failed, from 1
 */
export function backoff(pause: { first: number; most: number }, tries: number): number {
  const whole = Math.min(pause.most, pause.first * 2 ** Math.max(0, tries - 1));
  return whole * (0.5 + Math.random() / 2);
}

const LONGEST_AFTER_GOOGLE_MS = 64_000;

/**
 * The pause that Google asks for after its 429 and 503, in milliseconds: `min(2^n + random, 64)` seconds
 * (developers.google.com/workspace/sheets/api/limits, "Resolve time-based quota errors").
 *
 * @param tries how many have failed before this one
 * @param random from 0 up to 1
 */
export function backoffFromGoogle(tries: number, random: number): number {
  return Math.min((2 ** tries + random) * 1_000, LONGEST_AFTER_GOOGLE_MS);
}
