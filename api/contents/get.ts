import { authorize } from '../auth/authorize.ts';
import type { ContentId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { presentContent } from './present.ts';
import { findContent } from './repository.ts';
import { mayRead } from './rights.ts';
import type { Content } from './schemas.ts';

/**
 * Gets a content with its body. If the caller may not read it, the answer is the same as for an unknown id.
 *
 * @throws PortalError `not_signed_in`, `not_found`
 */
export async function getContent({ db }: Portal, caller: Caller, id: ContentId): Promise<Content> {
  const actor = await authorize(db, caller);
  const content = await findContent(db, id);
  if (content !== undefined && mayRead(actor, content)) return presentContent(content);
  throw unknownContent(id);
}

export function unknownContent(id: ContentId): PortalError {
  return new PortalError('not_found', `There is no content ${id}.`);
}
