import { authorize } from '../auth/authorize.ts';
import type { Caller } from '../http/caller.ts';
import { page, readCursor, type Page } from '../http/page.ts';
import type { Portal } from '../portal.ts';
import { presentListedContent } from './present.ts';
import { listContents as read } from './repository.ts';
import type { ListedContent, ListQuery } from './schemas.ts';

/**
 * Lists the contents that the caller may read (rights.ts), newest first, without their bodies.
 *
 * @throws PortalError `not_signed_in`, `invalid`
 */
export async function listContents(
  { db }: Portal,
  caller: Caller,
  { cursor, ...query }: ListQuery,
): Promise<Page<ListedContent>> {
  const actor = await authorize(db, caller);
  const readerId = actor.kind === 'user' && actor.role !== 'admin' ? actor.userId : null;
  const rows = await read(db, { ...query, after: readCursor(cursor), readerId });
  return page(rows, query.limit, presentListedContent);
}
