import { type Kysely, type Selectable, type Transaction, type Updateable } from 'kysely';
import type { CatalogProblem, CatalogStateTable, Database, QuotaUsed } from '../db/schema.ts';

export type CatalogState = Selectable<CatalogStateTable>;

/** What sync reports; what is left out stays as it was. */
export type CatalogReport = Omit<
  Updateable<CatalogStateTable>,
  'id' | 'problems' | 'quota' | 'confirmed_at'
> & {
  readonly problems?: readonly CatalogProblem[];
  readonly quota?: QuotaUsed;
  /** Sync has gone on as an admin confirmed. */
  readonly confirmed_at?: null;
};

export async function readCatalogState(db: Kysely<Database>): Promise<CatalogState> {
  return db.selectFrom('catalog_state').selectAll().executeTakeFirstOrThrow();
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
    .updateTable('catalog_state')
    .set({
      ...report,
      ...(problems === undefined ? {} : { problems: JSON.stringify(problems) }),
      ...(quota === undefined ? {} : { quota: JSON.stringify(quota) }),
    })
    .execute();
}
