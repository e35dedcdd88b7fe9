import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { MaterialId } from '../db/ids.ts';
import type { Database, MaterialUpdatesTable } from '../db/schema.ts';
import { takeDue, type Taking } from '../db/takeDue.ts';
import { ageMs, fromNow } from '../db/time.ts';
import { currentTraceparent } from '../trace.ts';

/** An edit of which `material.updated` is still to be sent. */
export type MaterialUpdate = Selectable<MaterialUpdatesTable>;

/** An edit that is due, and its age by PostgreSQL's clock. */
export interface DueUpdate extends MaterialUpdate {
  readonly ageMs: number;
}

/**
 * Queues `material.updated`, in the transaction that has changed the materials.
 *
 * @param dueIn milliseconds. If the event is queued again, it waits again, until a person has finished typing
 */
export async function queueUpdates(
  trx: Transaction<Database>,
  ids: readonly MaterialId[],
  dueIn = 0,
): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .insertInto('materialUpdates')
    .columns(['materialId', 'revision', 'since', 'nextAt', 'traceparent'])
    .expression(
      trx
        .selectFrom('materials')
        .select(['id', 'revision', sql<Date>`clock_timestamp()`.as('since')])
        .select(fromNow(dueIn).as('nextAt'))
        .select(sql<string | null>`${currentTraceparent()}::text`.as('traceparent'))
        .where('id', 'in', ids),
    )
    .onConflict((conflict) =>
      conflict.column('materialId').doUpdateSet((set) => ({
        revision: set.ref('excluded.revision'),
        since: set.ref('excluded.since'),
        nextAt: set.ref('excluded.nextAt'),
        traceparent: set.ref('excluded.traceparent'),
      })),
    )
    .execute();
}

/** Takes updates that are due (index material_updates_due). */
export async function takeUpdates(db: Kysely<Database>, taking: Taking): Promise<DueUpdate[]> {
  const more = sql`, ${ageMs('since')} as age_ms`;
  const queue = { table: 'materialUpdates', key: 'materialId', dueAt: 'nextAt', more } as const;
  return takeDue<'materialUpdates', Pick<DueUpdate, 'ageMs'>>(db, queue, taking);
}

/**
 * Deletes an update after its event was sent to all subscriptions, or sets the time of the next try. If
 * the material has changed again in the meantime, the update stays: its new event was not sent yet.
 *
 * @param again milliseconds from now; null: all subscriptions have it
 */
export async function markUpdateSent(
  db: Kysely<Database>,
  { materialId, revision }: MaterialUpdate,
  again: number | null,
): Promise<void> {
  if (again === null) {
    await db
      .deleteFrom('materialUpdates')
      .where('materialId', '=', materialId)
      .where('revision', '=', revision)
      .execute();
    return;
  }
  await db
    .updateTable('materialUpdates')
    .set({ nextAt: fromNow(again) })
    .where('materialId', '=', materialId)
    .where('revision', '=', revision)
    .execute();
}
