import { sql, type Kysely } from 'kysely';
import { planSchema, type Plan } from '../../core/index.ts';
import type { Deletable } from '../db/deleteSome.ts';
import type { Database } from '../db/schema.ts';
import { daysAgo } from '../db/time.ts';
import type { Tx } from './repository.ts';

export type SettledAs = 'confirmed' | 'corrected' | 'superseded' | 'refused';

/** Google ends a request after 3 minutes at the latest: a batch that is older cannot land any more. */
const DEAD_AFTER_MS = 10 * 60_000;

/** A plan that is not settled. */
export interface OpenPlan {
  readonly id: string;
  /** Null: an older version made it, in a form that this version does not read. */
  readonly plan: Plan | null;
  /** Whether its batch is too old to land. */
  readonly isDead: boolean;
}

/** Plans that may have landed in the sheet, or may yet; oldest first (index sheet_writes_open). */
export async function openPlans(tx: Tx): Promise<OpenPlan[]> {
  const rows = await tx
    .selectFrom('sheetWrites')
    .select(['id', 'plan'])
    .select(
      sql<boolean>`created_at < now() - ${DEAD_AFTER_MS} * interval '1 millisecond'`.as('isDead'),
    )
    .where('settledAt', 'is', null)
    .orderBy('createdAt')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    plan: parsePlan(row.plan),
    isDead: row.isDead,
  }));
}

function parsePlan(json: unknown): Plan | null {
  try {
    return planSchema.parse(json);
  } catch {
    return null;
  }
}

export async function settlePlan(
  db: Kysely<Database>,
  id: string,
  outcome: SettledAs,
): Promise<void> {
  await db
    .updateTable('sheetWrites')
    .set({ outcome, settledAt: sql`now()` })
    .where('id', '=', id)
    .execute();
}

/**
 * Settled plans. It reads the whole table: no index is kept for one statement an hour. A plan that is
 * not settled is never deleted, however old it is.
 */
export const oldPlans = (days: number): Deletable => ({
  table: 'sheetWrites',
  over: sql<boolean>`settled_at < ${daysAgo(days)}`,
});

/** Committed before it is sent: whatever happens then, the next cycle knows what to look for. */
export async function insertPlan(db: Kysely<Database>, planned: Plan): Promise<void> {
  await db
    .insertInto('sheetWrites')
    .values({
      id: planned.id,
      number: planned.number,
      plan: JSON.stringify(planned),
      sentAt: sql`now()`,
    })
    .execute();
}
