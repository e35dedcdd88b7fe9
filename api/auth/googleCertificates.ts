import { z } from 'zod/v4';
import { boundedText } from '../boundedText.ts';
import { PortalError } from '../errors.ts';
import type { Logger } from '../log.ts';

/** PEM certificates by key id, as www.googleapis.com/oauth2/v1/certs gives them. */
const certificatesSchema = z.record(z.string().max(200), z.string().max(10_000));
export type Certificates = z.infer<typeof certificatesSchema>;

const FETCH_MS = 5_000;
const BYTES_MOST = 100_000;

/** Without a `max-age`, and after a fetch that failed, Google is asked again after this long. */
const RETRY_MS = 60_000;

/**
 * Google's max-age is about six hours. A key that Google withdraws is trusted no longer than this.
 */
const FRESH_MS_MOST = 24 * 60 * 60 * 1_000;

/** A key id that is not among fresh certificates causes at most one fetch in this time. */
const UNKNOWN_KEY_MS = 60_000;

/** While Google cannot be reached, stale certificates are used for this long. */
const STALE_MS = 24 * 60 * 60 * 1_000;

interface Kept {
  readonly certificates: Certificates;
  readonly freshUntil: number;
}

/**
 * Keeps Google's certificates. All sign-ins share one fetch at a time, which may take five seconds.
 * Sign-ins use stale certificates meanwhile and do not wait for the fetch. google-auth-library waits
 * without a limit (googleapis/google-auth-library-nodejs#1769), and fetches once for each sign-in.
 *
 * @param now the clock, in ms
 * @returns a function that gives the certificates for a key id; it throws PortalError `google_unavailable`
 */
export function googleCertificates(
  url: string,
  log: Pick<Logger, 'warn'>,
  now: () => number = Date.now,
): (keyId: string) => Promise<Certificates> {
  let kept: Kept | null = null;
  let underWay: Promise<Certificates> | null = null;
  let askedAt = -Infinity;

  async function fetchThem(): Promise<Certificates> {
    askedAt = now();
    try {
      const fetched = await fetchCertificates(url);
      kept = { certificates: fetched.certificates, freshUntil: now() + fetched.maxAgeMs };
      return fetched.certificates;
    } catch (error) {
      log.warn({ err: error }, 'Google’s certificates cannot be fetched');
      throw new PortalError(
        'google_unavailable',
        'Google’s certificates cannot be fetched, so nobody can sign in now. Try again in a moment.',
      );
    } finally {
      underWay = null;
    }
  }
  const refresh = () => (underWay ??= fetchThem());

  return async (keyId) => {
    if (kept === null || now() > kept.freshUntil + STALE_MS) return refresh();
    const { certificates, freshUntil } = kept;
    if (Object.hasOwn(certificates, keyId)) {
      if (now() > freshUntil && now() > askedAt + RETRY_MS) void refresh().catch(() => undefined);
      return certificates;
    }
    // Google may sign with a new key, or an attacker invents key ids.
    const mayAsk = underWay !== null || now() > askedAt + UNKNOWN_KEY_MS;
    return mayAsk ? refresh().catch(() => certificates) : certificates;
  };
}

async function fetchCertificates(
  url: string,
): Promise<{ certificates: Certificates; maxAgeMs: number }> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS), redirect: 'error' });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${url} answered ${response.status}`);
  }
  const found = certificatesSchema.parse(JSON.parse(await boundedText(response, BYTES_MOST)));
  if (Object.keys(found).length === 0) throw new Error(`${url} gave no certificate`);
  const maxAge = /max-age=(\d{1,8})/.exec(response.headers.get('Cache-Control') ?? '')?.[1];
  return {
    certificates: found,
    maxAgeMs: maxAge === undefined ? RETRY_MS : Math.min(Number(maxAge) * 1_000, FRESH_MS_MOST),
  };
}
