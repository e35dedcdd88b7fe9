import jwt from 'jsonwebtoken';
import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { googleCertificates } from './googleCertificates.ts';

const GOOGLE_ROOT = 'https://www.googleapis.com';

/**
 * Gives Google's certificate for the key that a token names. Undefined: the token names no key of Google,
 * or its algorithm is not RS256.
 *
 * @throws PortalError `google_unavailable` if Google's certificates cannot be had
 */
export type CertificateOf = (token: string) => Promise<string | undefined>;

/** Google signs ID tokens and security events with the same keys. */
export function certificateFinder(
  { rootUrl }: Pick<Config['google'], 'rootUrl'>,
  log: Logger,
): CertificateOf {
  const certificatesFor = googleCertificates(`${rootUrl ?? GOOGLE_ROOT}/oauth2/v1/certs`, log);
  return async (token) => {
    const keyId = keyIdOf(token);
    if (keyId === undefined) return undefined;
    const certificates = await certificatesFor(keyId);
    return Object.hasOwn(certificates, keyId) ? certificates[keyId] : undefined;
  };
}

function keyIdOf(token: string): string | undefined {
  try {
    const header = jwt.decode(token, { complete: true })?.header;
    if (header?.alg === 'RS256' && typeof header.kid === 'string') return header.kid;
  } catch {
    // jsonwebtoken throws for some texts that are no token, and gives null for others.
  }
  return undefined;
}
