import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import { newestPage, type FoundRows, type Position } from '../db/boundedPage.ts';
import type { Deletable } from '../db/deleteSome.ts';
import type { InviteId, UserId } from '../db/ids.ts';
import type { Database, InvitesTable, Role } from '../db/schema.ts';
import { now } from '../db/time.ts';

export type InviteRow = Selectable<InvitesTable>;

/** How long an invite can be used. */
const LIFE = sql`interval '30 days'`;

/**
 * Expired invites stay in the list for 30 days. Used invites stay for ever: they show which admin invited a
 * person.
 */
export const expiredInvites: Deletable = {
  table: 'invites',
  over: sql<boolean>`used_at is null and expires_at < now() - interval '30 days'`,
};

/**
 * Invites an address. If the address has an unused invite, also an expired one, that invite is renewed
 * (unique index invites_unused).
 *
 * @param invite its address in lower case, as `lowerAscii` makes it
 */
export async function putInvite(
  trx: Transaction<Database>,
  invite: { email: string; role: Role; invitedBy: UserId },
): Promise<InviteRow> {
  const { email, ...renewed } = {
    ...invite,
    createdAt: now,
    expiresAt: sql<Date>`now() + ${LIFE}`,
  };
  return trx
    .insertInto('invites')
    .values({ email, ...renewed })
    .onConflict((conflict) =>
      conflict.column('email').where('usedAt', 'is', null).doUpdateSet(renewed),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Lists invites, newest first (index invites_newest). */
export async function readInvites(
  db: Kysely<Database>,
  page: { limit: number; after: Position | null },
): Promise<FoundRows<InviteRow>> {
  return newestPage(db, db.selectFrom('invites').selectAll(), { ...page, ids: 'bigint' });
}

/** Locks an invite (primary key). */
export async function lockInvite(
  trx: Transaction<Database>,
  id: InviteId,
): Promise<InviteRow | undefined> {
  return trx.selectFrom('invites').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function deleteInvite(trx: Transaction<Database>, id: InviteId): Promise<void> {
  await trx.deleteFrom('invites').where('id', '=', id).execute();
}

/**
 * Locks the open invite of an address (unique index invites_unused).
 *
 * @param email in lower case, as `lowerAscii` makes it
 */
export async function lockOpenInvite(
  trx: Transaction<Database>,
  email: string,
): Promise<InviteRow | undefined> {
  return trx
    .selectFrom('invites')
    .selectAll()
    .where('email', '=', email)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .forUpdate()
    .executeTakeFirst();
}

export async function markInviteUsed(
  trx: Transaction<Database>,
  id: InviteId,
  user: UserId,
): Promise<void> {
  await trx
    .updateTable('invites')
    .set({ usedAt: now, usedBy: user })
    .where('id', '=', id)
    .execute();
}
