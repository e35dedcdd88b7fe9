import type { Actor } from '../auth/actor.ts';
import type { ContentRow } from './repository.ts';

/** Everybody reads what is approved. The author of the material, admins and services read all of it. */
export function mayRead(actor: Actor, content: ContentRow): boolean {
  return content.status === 'approved' || actor.kind === 'service' || mayDecide(actor, content);
}

/** The author of the material and admins. For a gap, and for a material without an author: admins. */
export function mayDecide(actor: Actor, { authorId }: ContentRow): boolean {
  return actor.kind === 'user' && (actor.role === 'admin' || actor.userId === authorId);
}
