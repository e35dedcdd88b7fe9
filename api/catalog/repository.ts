import {
  sql,
  type Kysely,
  type RawBuilder,
  type Selectable,
  type Transaction,
  type Updateable,
} from 'kysely';
import type { CatalogProblem, CatalogStateTable, Database, QuotaUsed } from '../db/schema.ts';
import { ageMs, now } from '../db/time.ts';

/** Ages are by PostgreSQL's clock, which also wrote the times. */
export type CatalogState = Selectable<CatalogStateTable> & {
  readonly lastSyncAgeMs: number | null;
  readonly quotaAgeMs: number | null;
};

/** A report of the sync. Columns that are left out stay as they are. */
export type CatalogReport = Omit<
  Updateable<CatalogStateTable>,
  'id' | 'problems' | 'quota' | 'confirmedAt' | 'lastSyncAt'
> & {
  readonly lastSyncAt?: Date | RawBuilder<Date>;
  readonly problems?: readonly CatalogProblem[];
  /** The requests of the minute before now. */
  readonly quota?: Omit<QuotaUsed, 'at'>;
  /** Sync has gone on as an admin confirmed. */
  readonly confirmedAt?: null;
};

export async function readCatalogState(db: Kysely<Database>): Promise<CatalogState> {
  return db
    .selectFrom('catalogState')
    .selectAll()
    .select([
      ageMs<number | null>('last_sync_at').as('lastSyncAgeMs'),
      sql<
        number | null
      >`extract(epoch from now() - (quota ->> 'at')::timestamptz)::float8 * 1000`.as('quotaAgeMs'),
    ])
    .executeTakeFirstOrThrow();
}

/**
 * Writes how the sync of the sheet goes, for `GET /api/catalog/status`.
 *
 * `state: 'stopped'` goes with a `reason`, `state: 'ok'` with `reason: null`.
 */
export async function reportCatalogState(
  db: Kysely<Database> | Transaction<Database>,
  { problems, quota, ...report }: CatalogReport,
): Promise<void> {
  await db
    .updateTable('catalogState')
    .set({
      ...report,
      ...(problems === undefined ? {} : { problems: JSON.stringify(problems) }),
      ...(quota === undefined ? {} : { quota: atThisTime(quota) }),
    })
    .execute();
}

function atThisTime({ reads, writes }: Omit<QuotaUsed, 'at'>): RawBuilder<string> {
  return sql`jsonb_build_object('at', now(), 'reads', ${reads}::int, 'writes', ${writes}::int)`;
}

/** @returns how many vanished; undefined if sync has not stopped for that */
export async function confirmVanished(trx: Transaction<Database>): Promise<number | undefined> {
  const row = await trx
    .updateTable('catalogState')
    .set({ confirmedAt: now })
    .where('state', '=', 'stopped')
    .where('reason', '=', 'vanished')
    .returning('vanished')
    .executeTakeFirst();
  return row?.vanished;
}

/** Materials with changes that are not in the sheet yet, and cells in conflict (index materials_waiting). */
export async function countWaiting(
  db: Kysely<Database>,
): Promise<{ pending: number; conflicts: number }> {
  const { rows } = await sql<{ pending: number; conflicts: number }>`
    select count(*) filter (where pending <> '{}') as pending,
      coalesce(sum((select count(*) from jsonb_object_keys(conflicts))), 0)::int as conflicts
    from materials
    where deleted_at is null and (pending <> '{}' or conflicts <> '{}')`.execute(db);
  return rows[0] ?? { pending: 0, conflicts: 0 };
}
