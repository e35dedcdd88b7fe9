import { authorize } from '../auth/authorize.ts';
import type { MaterialId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import { readHistory, type HistoryRow } from '../history/index.ts';
import type { Caller } from '../http/caller.ts';
import { page, readCursor, type Page } from '../http/page.ts';
import type { Portal } from '../portal.ts';
import { hasMaterial } from './repository.ts';
import type { Change } from './schemas.ts';

/**
 * Every change of every cell of a material, newest first. A deleted material's can be read too.
 *
 * @throws PortalError `not_signed_in`, `not_found`, `invalid`
 */
export async function listHistory(
  { db }: Portal,
  caller: Caller,
  id: MaterialId,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Change>> {
  await authorize(db, caller);
  if (!(await hasMaterial(db, id))) {
    throw new PortalError('not_found', `There is no material ${id}.`);
  }
  const rows = await readHistory(db, id, { limit, after: readCursor(cursor) });
  return page(rows, limit, present);
}

function present({ createdAt, actorName, ...row }: HistoryRow): Change {
  const { id, actor, field, before, after, revision, execution } = row;
  const at = createdAt.toISOString();
  return { id, at, actor, actorName, field, before, after, revision, execution };
}
