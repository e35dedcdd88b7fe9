import type { UserId } from '../db/ids.ts';
import type { Role } from '../db/schema.ts';
import type { Caller } from '../http/caller.ts';

/** The caller after authorisation, with the rights that PostgreSQL gave in this transaction. */
export type Actor =
  | { readonly kind: 'user'; readonly userId: UserId; readonly role: Role }
  | { readonly kind: 'service'; readonly name: string };

/** The name of an actor in the audit log and beside idempotency keys. */
export function actorName(actor: Actor | Caller): string {
  return actor.kind === 'user' ? `user:${actor.userId}` : `service:${actor.name}`;
}
