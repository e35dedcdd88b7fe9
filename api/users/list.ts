import { readAudit } from '../audit/repository.ts';
import { authorize, requireAdmin } from '../auth/authorize.ts';
import type { UserRow } from '../auth/repository.ts';
import { presentUser } from '../auth/session.ts';
import type { Caller } from '../http/caller.ts';
import { page, readCursor, type Page } from '../http/page.ts';
import type { Portal } from '../portal.ts';
import { readUsers } from './repository.ts';
import type { AuditEntry, ListedUser } from './schemas.ts';

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export function presentListedUser(row: UserRow): ListedUser {
  return {
    ...presentUser(row),
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
  };
}

/** People, the newest first. @throws PortalError `not_signed_in`, `forbidden`, `invalid` */
export async function listUsers(
  { db }: Portal,
  caller: Caller,
  { limit, cursor }: PageQuery,
): Promise<Page<ListedUser>> {
  requireAdmin(await authorize(db, caller));
  const rows = await readUsers(db, { limit, after: readCursor(cursor, 'bigint') });
  return page(rows, limit, presentListedUser);
}

/** The audit log, the newest first. @throws PortalError `not_signed_in`, `forbidden`, `invalid` */
export async function listAudit(
  { db }: Portal,
  caller: Caller,
  { limit, cursor }: PageQuery,
): Promise<Page<AuditEntry>> {
  requireAdmin(await authorize(db, caller));
  const rows = await readAudit(db, { limit, after: readCursor(cursor, 'bigint') });
  return page(rows, limit, ({ createdAt, ...entry }) => ({
    ...entry,
    at: createdAt.toISOString(),
  }));
}
