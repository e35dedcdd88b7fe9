import { sql, type Kysely, type Transaction } from 'kysely';
import type { UserRow } from '../auth/repository.ts';
import { boundedPage, type FoundRows } from '../db/boundedPage.ts';
import type { UserId } from '../db/ids.ts';
import type { Database, Role } from '../db/schema.ts';
import { now } from '../db/time.ts';
import type { Position } from '../http/page.ts';

/** People, the newest first (index users_newest). */
export async function readUsers(
  db: Kysely<Database>,
  { limit, after }: { limit: number; after: Position | null },
): Promise<FoundRows<UserRow>> {
  let query = db.selectFrom('users').selectAll();
  if (after !== null) {
    query = query.where(
      sql<boolean>`(created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::bigint)`,
    );
  }
  const newest = query
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  return boundedPage(db, newest);
}

/**
 * Locks all admins until the transaction ends; their sessions can still be refreshed. So of two admins who demote each other at once, one waits,
 * and then sees what the other has done.
 */
export async function lockAdmins(trx: Transaction<Database>): Promise<UserId[]> {
  const rows = await trx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabledAt', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

export async function lockUser(
  trx: Transaction<Database>,
  id: UserId,
): Promise<UserRow | undefined> {
  return trx
    .selectFrom('users')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateUser(
  trx: Transaction<Database>,
  id: UserId,
  change: { role: Role } | { isDisabled: boolean },
): Promise<UserRow> {
  const set =
    'role' in change ? { role: change.role } : { disabledAt: change.isDisabled ? now : null };
  return trx
    .updateTable('users')
    .set({ ...set, updatedAt: now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
