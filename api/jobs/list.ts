import type { JobKind } from '../../core/index.ts';
import { authorize } from '../auth/authorize.ts';
import type { MaterialId } from '../db/ids.ts';
import type { JobStatus } from '../db/schema.ts';
import type { Caller } from '../http/caller.ts';
import { page, readCursor, type Page } from '../http/page.ts';
import type { Portal } from '../portal.ts';
import { presentListedJob } from './present.ts';
import { listJobs as read } from './repository.ts';
import type { ListedJob } from './schemas.ts';

/**
 * Jobs without their results, newest first: one's own; an admin or a service sees all.
 *
 * @throws PortalError `not_signed_in`, `invalid`
 */
export async function listJobs(
  { db }: Portal,
  caller: Caller,
  query: {
    limit: number;
    cursor?: string | undefined;
    materialId?: MaterialId | undefined;
    status?: JobStatus | undefined;
    kind?: JobKind | undefined;
  },
): Promise<Page<ListedJob>> {
  const actor = await authorize(db, caller);
  const userId = actor.kind === 'user' && actor.role !== 'admin' ? actor.userId : null;
  const { cursor, ...filter } = query;
  const rows = await read(db, { ...filter, after: readCursor(cursor), userId });
  return page(rows, filter.limit, presentListedJob);
}
