import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Config } from '../config/config.ts';
import type { ServiceKey } from '../config/variables.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import { readAccessToken, verifiedCaller } from './accessToken.ts';

/** The caller of each request. It is read before the body, and again by the route. */
const known = new WeakMap<Request, Caller>();

/**
 * Reads the caller from a request's `Authorization: Bearer`: a service or a signed-in person.
 *
 * @throws PortalError `not_signed_in`
 */
export function readCaller(config: Config, req: Request): Caller {
  const caller = known.get(req) ?? read(config, req);
  known.set(req, caller);
  return caller;
}

function read(config: Config, req: Request): Caller {
  const token = /^Bearer +(\S+)$/i.exec(req.get('Authorization') ?? '')?.[1];
  if (token === undefined) {
    throw new PortalError('not_signed_in', 'Sign in, and send Authorization: Bearer <token>.');
  }
  const known = verifiedCaller(config.jwtKey, token);
  if (known !== undefined) return known;
  const service = serviceOf(config.serviceKeys, token);
  if (service !== undefined) return { kind: 'service', name: service };
  return readAccessToken(config.jwtKey, token);
}

/** Compares with every key, each in constant time, so that the time shows nothing of the keys. */
function serviceOf(keys: readonly ServiceKey[], token: string): string | undefined {
  const hash = createHash('sha256').update(token).digest();
  const matching = keys.filter(({ sha256 }) => timingSafeEqual(Buffer.from(sha256, 'hex'), hash));
  return matching[0]?.name;
}
