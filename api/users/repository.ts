import type { Kysely, Transaction } from 'kysely';
import type { UserRow } from '../auth/repository.ts';
import { newestPage, type FoundRows, type Position } from '../db/boundedPage.ts';
import type { UserId } from '../db/ids.ts';
import type { Database, Role } from '../db/schema.ts';
import { now } from '../db/time.ts';

/** People, the newest first (index users_newest). */
export async function readUsers(
  db: Kysely<Database>,
  page: { limit: number; after: Position | null },
): Promise<FoundRows<UserRow>> {
  return newestPage(db, db.selectFrom('users').selectAll(), { ...page, ids: 'bigint' });
}

/**
 * Locks all admins until the transaction ends; their sessions can still be refreshed. So if two admins
 * demote each other at once, the second one waits, and then sees the change of the first.
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
