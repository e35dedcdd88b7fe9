import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { SessionFamily, SessionId, UserId } from '../db/ids.ts';
import type { Database, Role, SessionsTable, UsersTable } from '../db/schema.ts';

export type UserRow = Selectable<UsersTable>;
export type SessionRow = Selectable<SessionsTable>;

/** A session as PostgreSQL's clock sees it: whether it is over, and its token used beyond the grace. */
export type LockedSession = SessionRow & { over: boolean; reused: boolean | null };

/** The role of a person whose session still runs; undefined: it does not, or never did. */
export async function roleInSession(
  db: Kysely<Database>,
  user: UserId,
  family: SessionFamily,
): Promise<Role | undefined> {
  const row = await db
    .selectFrom('users')
    .select('role')
    .where('id', '=', user)
    .where((where) =>
      where.exists(
        where
          .selectFrom('sessions')
          .select('sessions.id')
          .whereRef('sessions.user_id', '=', 'users.id')
          .where('sessions.family', '=', family)
          .where('sessions.ended_at', 'is', null)
          .where('sessions.expires_at', '>', sql<Date>`now()`),
      ),
    )
    .executeTakeFirst();
  return row?.role;
}

export async function findUser(db: Kysely<Database>, id: UserId): Promise<UserRow> {
  return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/**
 * Writes what Google says of a person, who is known by Google's `sub`, never by the address. The
 * role is set only when they first sign in.
 */
export async function upsertUser(
  trx: Transaction<Database>,
  user: { googleId: string; email: string; name: string; picture: string | null; role: Role },
): Promise<UserRow & { first: boolean }> {
  const { googleId: google_id, role, ...profile } = user;
  return trx
    .insertInto('users')
    .values({ google_id, role, ...profile })
    .onConflict((conflict) =>
      conflict.column('google_id').doUpdateSet({ ...profile, updated_at: sql<Date>`now()` }),
    )
    .returningAll()
    .returning(sql<boolean>`xmax = 0`.as('first'))
    .executeTakeFirstOrThrow();
}

export async function insertSession(
  trx: Transaction<Database>,
  session: {
    id: SessionId;
    userId: UserId;
    family: SessionFamily;
    tokenHash: string;
    life: number;
  },
): Promise<void> {
  await trx
    .insertInto('sessions')
    .values({
      id: session.id,
      user_id: session.userId,
      family: session.family,
      token_hash: session.tokenHash,
      expires_at: sql<Date>`now() + ${session.life} * interval '1 ms'`,
    })
    .execute();
}

/**
 * The session of a refresh token, with its whole family locked: the lock is on the family's first
 * row, so that a rotation and the end of the family cannot pass each other by.
 */
export async function lockSession(
  trx: Transaction<Database>,
  tokenHash: string,
  graceMs: number,
): Promise<LockedSession | undefined> {
  const byHash = trx.selectFrom('sessions').where('token_hash', '=', tokenHash);
  const known = await byHash.select('family').executeTakeFirst();
  if (known === undefined) return undefined;
  await trx
    .selectFrom('sessions')
    .select('id')
    .where(sql<boolean>`id = family`)
    .where('family', '=', known.family)
    .forUpdate()
    .execute();
  return byHash
    .selectAll()
    .select(sql<boolean>`ended_at is not null or expires_at < now()`.as('over'))
    .select(sql<boolean>`rotated_at < now() - ${graceMs} * interval '1 ms'`.as('reused'))
    .executeTakeFirst();
}

export async function markRotated(
  trx: Transaction<Database>,
  id: SessionId,
  successor: SessionId,
): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ rotated_at: sql<Date>`now()`, successor })
    .where('id', '=', id)
    .execute();
}

export async function endFamily(trx: Transaction<Database>, family: SessionFamily): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ ended_at: sql<Date>`now()` })
    .where('family', '=', family)
    .where('ended_at', 'is', null)
    .execute();
}
