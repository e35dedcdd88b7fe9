import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database, InvariantChecksTable } from '../db/schema.ts';
import { now } from '../db/time.ts';

/** What a check of one invariant found. */
export interface Finding {
  readonly name: string;
  /** Null: the query failed. */
  readonly violations: number | null;
  /** The ids of the first rows that break it. */
  readonly examples: readonly string[];
}

export type InvariantCheck = Selectable<InvariantChecksTable>;

/** Reads the findings of the last check: one row for each invariant. */
export async function readChecks(db: Kysely<Database>): Promise<InvariantCheck[]> {
  return db.selectFrom('invariantChecks').selectAll().orderBy('name').execute();
}

/**
 * Replaces all findings of the check before, also findings of invariants that this version does not have.
 */
export async function writeChecks(
  db: Kysely<Database>,
  findings: readonly Finding[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('invariantChecks').execute();
    const rows = findings.map(({ name, violations, examples }) => {
      return { name, violations, examples: [...examples], checkedAt: now };
    });
    await trx.insertInto('invariantChecks').values(rows).execute();
  });
}

/** The time of the last check; null: there was none. */
export async function lastChecked(db: Kysely<Database>): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(checked_at) as at from invariant_checks`.execute(db);
  return rows[0]?.at ?? null;
}
