import type { Request, RequestHandler } from 'express';
import { readCaller } from '../auth/readCaller.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { addressOf } from './address.ts';
import { limiter } from './limiter.ts';

/**
 * Limits how many requests a minute a caller may send. A signed-in person and a service key have a count
 * each; all other callers are counted by IP address. The API verifies the token first, so nobody can use up
 * another person's requests. Requests of signed-in people do not count for their IP address: a whole school
 * may have one.
 */
export function limitRequests(portal: Portal): RequestHandler {
  const { config } = portal;
  const { user, service, address } = config.rateLimits;
  const byUser = limiter(
    {
      name: 'user',
      most: user,
      keyOf: (req) => keyOf(readCaller(config, req)),
      detail: `You sent more than ${user} requests in a minute. Wait, then send fewer.`,
    },
    portal,
  );
  const byService = limiter(
    {
      name: 'service',
      most: service,
      keyOf: (req) => keyOf(readCaller(config, req)),
      detail: `This service key sent more than ${service} requests in a minute. Wait, then send fewer.`,
    },
    portal,
  );
  const byAddress = limiter(
    {
      name: 'address',
      most: address,
      keyOf: addressOf,
      detail: `Your IP address sent more than ${address} requests in a minute without a sign-in. Wait, then send fewer.`,
    },
    portal,
  );
  const limits = { user: byUser, service: byService, unknown: byAddress };
  return (req, res, next) => limits[kindOf(portal, req)](req, res, next);
}

/**
 * Limits the sign-ins and refreshes of one IP address that the portal refuses. Successful ones do not
 * count: all teachers of a school may sign in within one minute.
 */
export function limitSignIns(portal: Portal): RequestHandler {
  const { signIn } = portal.config.rateLimits;
  const limit = limiter(
    {
      name: 'sign-in',
      most: signIn,
      keyOf: addressOf,
      detail: `More than ${signIn} sign-ins from your IP address failed in a minute. Wait, then sign in again.`,
      onlyRefused: true,
    },
    portal,
  );
  return (req, res, next) => (req.method === 'POST' ? limit(req, res, next) : next());
}

function kindOf({ config }: Portal, req: Request): Caller['kind'] | 'unknown' {
  try {
    return readCaller(config, req).kind;
  } catch (error) {
    if (error instanceof PortalError) return 'unknown';
    throw error;
  }
}

function keyOf(caller: Caller): string {
  return caller.kind === 'user' ? String(caller.userId) : caller.name;
}
