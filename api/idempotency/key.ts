import type { Request } from 'express';
import { PortalError } from '../errors.ts';

/** @throws PortalError `invalid` for a key that is not 1 to 255 visible characters */
export function readIdempotencyKey(req: Request): string | undefined {
  const key = req.get('Idempotency-Key');
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  const message = 'must be 1 to 255 visible ASCII characters';
  throw new PortalError('invalid', `Not valid: Idempotency-Key ${message}.`, [
    { path: 'Idempotency-Key', message },
  ]);
}
