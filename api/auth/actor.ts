import type { UserId } from '../db/ids.ts';
import type { Role } from '../db/schema.ts';

/** Who acts, with the rights that held when the transaction asked. */
export type Actor =
  | { readonly kind: 'user'; readonly userId: UserId; readonly role: Role }
  | { readonly kind: 'service'; readonly name: string };

/** How an actor is written down, in the audit log and beside idempotency keys. */
export function actorName(actor: Actor): string {
  return actor.kind === 'user' ? `user:${actor.userId}` : `service:${actor.name}`;
}
