import type { Actor } from '../auth/actor.ts';
import type { ContentRow } from './repository.ts';

/**
 * Says whether the actor may read a content. Everybody may read an approved content. The author of the
 * material, admins and services may read any content.
 */
export function mayRead(actor: Actor, content: ContentRow): boolean {
  return content.status === 'approved' || actor.kind === 'service' || mayDecide(actor, content);
}

/**
 * Says whether the actor may approve or reject a content: the author of the material and admins may. For a
 * gap, and for a material without an author, only admins may.
 */
export function mayDecide(actor: Actor, { authorId }: ContentRow): boolean {
  return actor.kind === 'user' && (actor.role === 'admin' || actor.userId === authorId);
}
