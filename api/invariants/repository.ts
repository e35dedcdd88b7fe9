import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database, InvariantChecksTable } from '../db/schema.ts';
import { ageMs, now } from '../db/time.ts';

/** What a check of one invariant found. */
export interface Finding {
  readonly name: string;
  /** Null: the query failed. */
  readonly violations: number | null;
  /** The ids of the first rows that break it. */
  readonly examples: readonly string[];
}

export type InvariantCheck = Selectable<InvariantChecksTable> & { readonly ageMs: number };

/** Reads the findings of the last check: one row for each invariant. */
export async function readChecks(db: Kysely<Database>): Promise<InvariantCheck[]> {
  return db
    .selectFrom('invariantChecks')
    .selectAll()
    .select(ageMs('checked_at').as('ageMs'))
    .orderBy('name')
    .execute();
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

/** 03:30 in Jakarta (UTC+7): nobody edits, and the backup of 02:00 is over. */
const HOUR = sql`interval '20 hours 30 minutes'`;

/** Whether there was a check since the last 03:30. */
export async function isChecked(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ checked: boolean }>`
    select coalesce(max(checked_at) at time zone 'UTC'
      >= date_trunc('day', now() at time zone 'UTC' - ${HOUR}) + ${HOUR}, false) as checked
    from invariant_checks`.execute(db);
  return rows[0]?.checked === true;
}
