import {
  sql,
  type Kysely,
  type QueryCreator,
  type RawBuilder,
  type Selectable,
  type Transaction,
} from 'kysely';
import type { Deletable } from '../db/deleteSome.ts';
import type { SessionFamily, SessionId, UserId } from '../db/ids.ts';
import type { Database, Role, SessionsTable, UsersTable } from '../db/schema.ts';
import { readTogether } from '../db/together.ts';
import { daysAgo } from '../db/time.ts';

export type UserRow = Selectable<UsersTable>;
export type SessionRow = Selectable<SessionsTable>;

/** A session as PostgreSQL's clock sees it: whether it is over, and its token used beyond the grace. */
export type LockedSession = SessionRow & {
  over: boolean;
  reused: boolean | null;
  /** Until 30 days after the sign-in. */
  secondsLeft: number;
};

/** A session that is not used for this long is over. */
const IDLE_LIFE = sql`interval '7 days'`;

/** A session is over so long after its sign-in, however much it is used. */
const LIFE = sql`interval '30 days'`;

/** An ID token is taken for ten minutes after it was issued: an hour covers clocks that differ. */
export const usedUpIdTokens: Deletable = {
  table: 'usedIdTokens',
  over: sql<boolean>`used_at < now() - interval '1 hour'`,
};

/** A security event is taken for 30 days after Google made it. */
export const oldSecurityEvents: Deletable = {
  table: 'securityEvents',
  over: sql<boolean>`received_at < now() - interval '31 days'`,
};

/**
 * Sessions that ended so many days ago or more. The first session of a family stays while another session
 * of it runs. Refreshes lock it, and it holds the time of the sign-in.
 */
export const overSessions = (days: number): Deletable => ({
  table: 'sessions',
  over: sql<boolean>`
    least(ended_at, expires_at) < ${daysAgo(days)}
    and (id <> family or not exists (
      select from sessions other
      where other.family = sessions.id and other.id <> sessions.id
        and least(other.ended_at, other.expires_at) >= ${daysAgo(days)}
    ))`,
});

/** Names a person and a session. */
type PersonInSession = `${UserId} ${SessionFamily}`;

/** Reads people with an enabled account and their sessions that have not ended (index sessions_family). */
function peopleInSessions(db: QueryCreator<Database>) {
  return (
    db
      .selectFrom('sessions as first')
      .innerJoin('users', 'users.id', 'first.userId')
      .select(['users.id', 'users.role', 'first.family'])
      .where('first.createdAt', '>', sql<Date>`now() - ${LIFE}`)
      .where('users.disabledAt', 'is', null)
      // A family has a row for each refresh of the last 7 days, up to 1,000. `exists` stops at the first that runs.
      .where((query) =>
        query.exists(
          query
            .selectFrom('sessions')
            .whereRef('sessions.family', '=', 'first.id')
            .where('sessions.endedAt', 'is', null)
            .where('sessions.expiresAt', '>', sql<Date>`now()`),
        ),
      )
  );
}

const rolesInSessions = readTogether<PersonInSession, Role>(async (db, keys) => {
  const rows = await peopleInSessions(db)
    .where(sql<boolean>`first.id = any(${keys.map((key) => key.split(' ')[1])}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, family, role }) => [`${id} ${family}`, role]));
});

/** Whether roleInSession would find a role, as a condition of another statement. */
export function isInSession(
  db: QueryCreator<Database>,
  user: UserId,
  family: SessionFamily,
): RawBuilder<boolean> {
  const found = peopleInSessions(db)
    .where(sql<boolean>`first.id = ${family}`)
    .where('users.id', '=', user);
  return sql<boolean>`exists (${found})`;
}

/**
 * Reads the role of a person with a running session (index sessions_family). Undefined: there is no such
 * session, or the account is disabled. Every request of a person asks this.
 */
export async function roleInSession(
  db: Kysely<Database>,
  user: UserId,
  family: SessionFamily,
): Promise<Role | undefined> {
  return rolesInSessions(db, `${user} ${family}`);
}

export async function findUser(db: Kysely<Database>, id: UserId): Promise<UserRow> {
  return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/**
 * Writes a person's name and address as Google gives them. Google's `sub` identifies the person, never the
 * address. The role is set only at the first sign-in.
 */
export async function upsertUser(
  trx: Transaction<Database>,
  user: { googleId: string; email: string; name: string; picture: string | null; role: Role },
): Promise<UserRow & { first: boolean }> {
  const { googleId, role, ...profile } = user;
  return trx
    .insertInto('users')
    .values({ googleId, role, ...profile })
    .onConflict((conflict) =>
      conflict.column('googleId').doUpdateSet({ ...profile, updatedAt: sql<Date>`now()` }),
    )
    .returningAll()
    .returning(sql<boolean>`xmax = 0`.as('first'))
    .executeTakeFirstOrThrow();
}

/**
 * Lets one sign-in of an address run at a time: others wait here until its transaction ends. So of two
 * sign-ins at once one is the first, and one uses the invite.
 *
 * @param address in lower case, as `lowerAscii` makes it
 */
export async function lockAddress(trx: Transaction<Database>, address: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`address ${address}`}, 0))`.execute(
    trx,
  );
}

/** Finds a person by Google's `sub` (unique google_id). */
export async function findByGoogleId(
  db: Kysely<Database>,
  googleId: string,
): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('googleId', '=', googleId).executeTakeFirst();
}

/**
 * Whether no user has an address yet (index users_address). Call lockAddress first.
 *
 * @param address in lower case, as `lowerAscii` makes it
 */
export async function isFirstOfAddress(
  trx: Transaction<Database>,
  address: string,
): Promise<boolean> {
  const known = await trx
    .selectFrom('users')
    .select('id')
    // The collation C turns only A to Z into lower case.
    .where(sql<boolean>`lower(email collate "C") = ${address}`)
    .limit(1)
    .executeTakeFirst();
  return known === undefined;
}

/**
 * Remembers that an ID token was used. Gives false if another sign-in has used it, or is using it.
 */
export async function useIdToken(trx: Transaction<Database>, tokenHash: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('usedIdTokens')
    .values({ tokenHash })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * Remembers that a security event was handled. Gives false if it was handled before, or is being handled.
 */
export async function useSecurityEvent(
  trx: Transaction<Database>,
  eventHash: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('securityEvents')
    .values({ eventHash })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * Refuses the ID tokens that Google made for a person before a time. It locks the person. So a sign-in at
 * the same moment either sees the time, or has made its session before.
 */
export async function refuseTokensBefore(
  trx: Transaction<Database>,
  user: UserId,
  time: Date,
): Promise<void> {
  await trx
    .updateTable('users')
    .set({ googleEndedAt: sql<Date>`greatest(google_ended_at, ${time}::timestamptz)` })
    .where('id', '=', user)
    .execute();
}

export async function insertSession(
  trx: Transaction<Database>,
  session: {
    id: SessionId;
    userId: UserId;
    family: SessionFamily;
    tokenHash: string;
  },
): Promise<void> {
  await trx
    .insertInto('sessions')
    .values({
      id: session.id,
      userId: session.userId,
      family: session.family,
      tokenHash: session.tokenHash,
      expiresAt: sql<Date>`now() + ${IDLE_LIFE}`,
    })
    .execute();
}

/**
 * Finds the session of a refresh token (unique token_hash) and locks its whole family. It locks the
 * family's first row (index sessions_family). So a rotation and the end of the family cannot overlap.
 */
export async function lockSession(
  trx: Transaction<Database>,
  tokenHash: string,
  graceMs: number,
): Promise<LockedSession | undefined> {
  const byHash = trx.selectFrom('sessions').where('tokenHash', '=', tokenHash);
  const known = await byHash.select('family').executeTakeFirst();
  if (known === undefined) return undefined;
  const first = await trx
    .selectFrom('sessions')
    .select(sql<number>`extract(epoch from created_at + ${LIFE} - now())::float8`.as('secondsLeft'))
    .where(sql<boolean>`id = family`)
    .where('family', '=', known.family)
    .forUpdate()
    .executeTakeFirst();
  const row = await byHash
    .selectAll()
    .select(sql<boolean>`ended_at is not null or expires_at < now()`.as('over'))
    .select(sql<boolean>`rotated_at < now() - ${graceMs} * interval '1 ms'`.as('reused'))
    .executeTakeFirst();
  return row && { ...row, secondsLeft: first?.secondsLeft ?? 0 };
}

export async function markRotated(
  trx: Transaction<Database>,
  id: SessionId,
  successor: SessionId,
): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ rotatedAt: sql<Date>`now()`, successor })
    .where('id', '=', id)
    .execute();
}

/** A sign-in that is still in use. */
export interface RunningSession {
  readonly family: SessionFamily;
  readonly signedInAt: Date;
  readonly refreshedAt: Date;
}

/** A person signs in on a few devices. */
const MOST_SESSIONS = 100;

/** The running sessions of a person, the newest first (index sessions_user). */
export async function runningSessions(
  db: Kysely<Database>,
  user: UserId,
): Promise<RunningSession[]> {
  return db
    .selectFrom('sessions')
    .innerJoin('sessions as first', 'first.id', 'sessions.family')
    .select([
      'sessions.family',
      'first.createdAt as signedInAt',
      'sessions.createdAt as refreshedAt',
    ])
    .where('sessions.userId', '=', user)
    .where('sessions.rotatedAt', 'is', null)
    .where('sessions.endedAt', 'is', null)
    .where('sessions.expiresAt', '>', sql<Date>`now()`)
    .where('first.createdAt', '>', sql<Date>`now() - ${LIFE}`)
    .orderBy('sessions.createdAt', 'desc')
    .limit(MOST_SESSIONS)
    .execute();
}

/**
 * Ends one session of a person, or all of them. Like a refresh (lockSession), it first locks the first row
 * of each family. So no refresh can add a session that stays.
 *
 * @returns whether there was one
 */
export async function endSessions(
  trx: Transaction<Database>,
  user: UserId,
  family: SessionFamily | null,
): Promise<boolean> {
  let firsts = trx
    .selectFrom('sessions')
    .select('id')
    .where('userId', '=', user)
    .where(sql<boolean>`id = family`)
    .orderBy('id')
    .forUpdate();
  let running = trx
    .updateTable('sessions')
    .set({ endedAt: sql<Date>`now()` })
    .where('userId', '=', user)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`);
  if (family !== null) {
    firsts = firsts.where('family', '=', family);
    running = running.where('family', '=', family);
  }
  await firsts.execute();
  const { numUpdatedRows } = await running.executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function endFamily(trx: Transaction<Database>, family: SessionFamily): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ endedAt: sql<Date>`now()` })
    .where('family', '=', family)
    .where('endedAt', 'is', null)
    .execute();
}
