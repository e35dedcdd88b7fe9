import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../db/schema.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Actor } from './actor.ts';
import { isInSession, roleInSession } from './repository.ts';

type User = Extract<Actor, { kind: 'user' }>;
type Service = Extract<Actor, { kind: 'service' }>;

/**
 * Reads the caller's rights in the transaction that uses them. So on every instance the next request
 * already sees a lost role or an ended session.
 *
 * @throws PortalError `not_signed_in` if the session has ended since the token was issued
 */
export async function authorize(db: Kysely<Database>, caller: Caller): Promise<Actor> {
  if (caller.kind === 'service') return caller;
  const role = await roleInSession(db, caller.userId, caller.family);
  if (role === undefined) throw sessionEnded();
  return { kind: 'user', userId: caller.userId, role };
}

/** Whether `authorize` would not throw, as a condition of a statement that also writes. */
export function isAuthorized(db: Kysely<Database>, caller: Caller): RawBuilder<boolean> {
  return caller.kind === 'service'
    ? sql<boolean>`true`
    : isInSession(db, caller.userId, caller.family);
}

export function sessionEnded(): PortalError {
  return new PortalError('not_signed_in', 'This session has ended. Sign in again.');
}

/** @throws PortalError `forbidden` for a service key */
export function requirePerson(actor: Actor): User {
  if (actor.kind === 'user') return actor;
  throw new PortalError('forbidden', 'A service key may not do this: a person has to sign in.');
}

/** @throws PortalError `forbidden` for a person */
export function requireService(actor: Actor): Service {
  if (actor.kind === 'service') return actor;
  throw new PortalError('forbidden', 'Only a service key may do this.');
}

/** @throws PortalError `forbidden` for anyone but an admin */
export function requireAdmin(actor: Actor): User {
  if (actor.kind === 'user' && actor.role === 'admin') return actor;
  throw new PortalError('forbidden', 'Only an admin may do this.');
}
