import { readSignature, SignatureError } from '../../core/index.ts';
import { PortalError } from '../errors.ts';

export type Headers = Readonly<Record<string, unknown>>;

/**
 * Refuses a request without a signature in its headers, before it reads the body.
 *
 * @throws PortalError `not_signed`
 */
export function requireSignature(headers: Headers): void {
  asPortalError(() => readSignature(headers, Date.now() / 1_000));
}

/** @throws PortalError `not_signed` where `work` throws SignatureError */
export function asPortalError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SignatureError) throw new PortalError('not_signed', error.message);
    throw error;
  }
}
