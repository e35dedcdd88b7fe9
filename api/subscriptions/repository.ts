import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { EventType, JobKind } from '../../core/index.ts';
import type { SubscriptionId } from '../db/ids.ts';
import type {
  Database,
  LastDelivery,
  SubscribedWorkflow,
  SubscriptionsTable,
} from '../db/schema.ts';

export type SubscriptionRow = Selectable<SubscriptionsTable>;

/** An n8n has a few workflows, each with one or two URLs: so no query of this table needs an index. */
const MOST_LISTED = 200;

export async function listSubscriptions(
  db: Kysely<Database>,
  url: string | undefined,
): Promise<SubscriptionRow[]> {
  let query = db.selectFrom('subscriptions').selectAll().limit(MOST_LISTED);
  if (url !== undefined) query = query.where('url', '=', url);
  return query.orderBy('putAt', 'desc').execute();
}

export async function findSubscription(
  db: Kysely<Database>,
  id: SubscriptionId,
): Promise<SubscriptionRow | undefined> {
  return db.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst();
}

/**
 * Finds the subscription that claims the jobs of each kind: the newest that asks for `job.requested` and for
 * the kind, and is no test.
 */
export async function findClaimants(
  db: Kysely<Database>,
): Promise<ReadonlyMap<JobKind, SubscriptionRow>> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('test', '=', false)
    .where(sql<boolean>`'job.requested' = any(event_types)`)
    .orderBy('putAt')
    .execute();
  return new Map(rows.flatMap((row) => row.kinds.map((kind) => [kind, row] as const)));
}

/** Locks the claims of all subscriptions until the transaction ends. Other changes of them wait. */
export async function lockClaimants(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('subscriptions', 0))`.execute(trx);
}

/** The subscriptions that want an event, without tests. */
export async function findListeners(
  db: Kysely<Database>,
  event: EventType,
): Promise<SubscriptionRow[]> {
  return db
    .selectFrom('subscriptions')
    .selectAll()
    .where('test', '=', false)
    .where(sql<boolean>`${event} = any(event_types)`)
    .execute();
}

export async function upsertSubscription(
  trx: Transaction<Database>,
  subscription: {
    id: SubscriptionId;
    url: string;
    eventTypes: EventType[];
    kinds: JobKind[];
    test: boolean;
    workflow: SubscribedWorkflow | null;
  },
): Promise<SubscriptionRow> {
  const { id, url, eventTypes, kinds, test } = subscription;
  const row = {
    eventTypes,
    kinds,
    test,
    putAt: sql<Date>`clock_timestamp()`,
    workflow: subscription.workflow && JSON.stringify(subscription.workflow),
  };
  return trx
    .insertInto('subscriptions')
    .values({ id, url, ...row })
    .onConflict((conflict) => conflict.column('url').doUpdateSet(row))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Deletes the registrations of a trigger at its former addresses. */
export async function deleteFormer(
  trx: Transaction<Database>,
  { instanceId, id, nodeId }: SubscribedWorkflow,
  url: string,
): Promise<void> {
  await trx
    .deleteFrom('subscriptions')
    .where('test', '=', false)
    .where('url', '!=', url)
    .where(sql<boolean>`workflow @> ${JSON.stringify({ instanceId, id, nodeId })}::jsonb`)
    .execute();
}

export async function deleteSubscription(db: Kysely<Database>, url: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('subscriptions')
    .where('url', '=', url)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

export async function recordDelivery(
  db: Kysely<Database>,
  id: SubscriptionId,
  delivery: LastDelivery,
): Promise<void> {
  await db
    .updateTable('subscriptions')
    .set({ lastDelivery: JSON.stringify(delivery) })
    .where('id', '=', id)
    .execute();
}
