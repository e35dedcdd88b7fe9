import { authorize } from '../auth/authorize.ts';
import type { Caller } from '../http/caller.ts';
import { page, readCursor, type Page } from '../http/page.ts';
import type { Portal } from '../portal.ts';
import { MOST_WITH_METADATA, presentListed, readListed } from './listed.ts';
import type { ListedMaterial } from './schemas.ts';

/**
 * The catalog, newest first: of each text what a list shows. A page ends before the limit where its
 * materials are large.
 *
 * @throws PortalError `not_signed_in`, `invalid`
 */
export async function listMaterials(
  { db }: Portal,
  caller: Caller,
  query: { limit: number; cursor?: string | undefined; include?: 'metadata' | undefined },
): Promise<Page<ListedMaterial>> {
  await authorize(db, caller);
  const { cursor, include } = query;
  const limit = include === 'metadata' ? Math.min(query.limit, MOST_WITH_METADATA) : query.limit;
  const found = await readListed(db, { limit, after: readCursor(cursor), include });
  return page(found, limit, presentListed);
}
