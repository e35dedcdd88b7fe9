import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { EventType, JobKind } from '../../core/index.ts';
import type { SubscriptionId } from '../db/ids.ts';
import type {
  Database,
  LastDelivery,
  SubscribedWorkflow,
  SubscriptionsTable,
} from '../db/schema.ts';
import { fromNow, now } from '../db/time.ts';

export type SubscriptionRow = Selectable<SubscriptionsTable>;

/** So many posts in a row that fail open the circuit of a subscription. */
export const MISSES_MOST = 5;

/**
 * Whether events are posted to a subscription:
 *
 * - `closed`: all;
 * - `open`: none, for its server did not answer;
 * - `half_open`: one event, the probe. Its answer closes the circuit, or opens it again.
 */
export type Circuit = 'closed' | 'open' | 'half_open';

export type PostableRow = SubscriptionRow & { readonly circuit: Circuit };

const postable = (db: Kysely<Database>) =>
  db
    .selectFrom('subscriptions')
    .selectAll()
    .select(
      sql<Circuit>`case when paused_until is null then 'closed' when paused_until > now() then 'open'
        else 'half_open' end`.as('circuit'),
    );

/** An n8n has a few workflows, each with one or two URLs. So no query of this table needs an index. */
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
): Promise<PostableRow | undefined> {
  return postable(db).where('id', '=', id).executeTakeFirst();
}

/**
 * Finds the subscription that claims the jobs of each kind. It is the newest one for `job.requested` and
 * the kind that is no test.
 */
export async function findClaimants(
  db: Kysely<Database>,
): Promise<ReadonlyMap<JobKind, PostableRow>> {
  const rows = await postable(db)
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
): Promise<PostableRow[]> {
  return postable(db)
    .where('test', '=', false)
    .where(sql<boolean>`${event} = any(event_types)`)
    .execute();
}

const CLOSED = { misses: 0, pausedUntil: null };

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
    // n8n is up if it registers a URL.
    ...CLOSED,
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

/** How a post ended for the circuit of its subscription. */
interface CircuitChange {
  /** The server answered, and not with 5xx. */
  readonly isReached: boolean;
  readonly wasProbe: boolean;
  /** How long nothing is posted if the circuit opens. */
  readonly pauseMs: number;
}

/**
 * Records a post. A post that began before the circuit opened, and failed after that, makes the pause no
 * longer: only a probe does. If n8n has registered during a probe, the circuit is closed, and the probe that
 * fails counts like any other post.
 *
 * @returns until when nothing is posted
 */
export async function recordDelivery(
  db: Kysely<Database>,
  id: SubscriptionId,
  delivery: LastDelivery,
  change: CircuitChange,
): Promise<Date | null> {
  const row = await db
    .updateTable('subscriptions')
    .set({ lastDelivery: JSON.stringify(delivery), ...circuitAfter(change) })
    .where('id', '=', id)
    .returning('pausedUntil')
    .executeTakeFirst();
  return row?.pausedUntil ?? null;
}

function circuitAfter({ isReached, wasProbe, pauseMs }: CircuitChange) {
  if (isReached) return CLOSED;
  const pausedUntil = fromNow(pauseMs);
  const isClosed = sql`paused_until is null`;
  return {
    misses: sql<number>`case when ${isClosed} or ${wasProbe} then misses + 1 else misses end`,
    pausedUntil: sql<Date>`case
      when ${isClosed} and misses + 1 < ${MISSES_MOST} then null
      when ${isClosed} or ${wasProbe} then ${pausedUntil}
      else paused_until end`,
  };
}

/**
 * Begins the probe of a half-open circuit. Other instances find it open until the probe has ended.
 *
 * @param withinMs if this process dies, another probe begins after that
 * @returns false: another probe has begun
 */
export async function beginProbe(
  db: Kysely<Database>,
  id: SubscriptionId,
  withinMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('subscriptions')
    .set({ pausedUntil: fromNow(withinMs) })
    .where('id', '=', id)
    .where('pausedUntil', '<=', now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Closes the circuits of a workflow's subscriptions.
 *
 * @returns the kinds of jobs that they ask for
 */
export async function closeCircuits(
  db: Kysely<Database>,
  workflow: Pick<SubscribedWorkflow, 'instanceId' | 'id'>,
): Promise<JobKind[]> {
  const rows = await db
    .updateTable('subscriptions')
    .set(CLOSED)
    .where(sql<boolean>`workflow @> ${JSON.stringify(workflow)}::jsonb`)
    .where('pausedUntil', '>', sql<Date>`now() - interval '5 minutes'`)
    .returning('kinds')
    .execute();
  return [...new Set(rows.flatMap(({ kinds }) => kinds))];
}

/**
 * Counts the circuits that are open, or were open less than five minutes ago. While events wait, each probe
 * begins a new pause. Without events nobody knows whether n8n answers again.
 */
export async function countOpenCircuits(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('subscriptions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('pausedUntil', 'is not', null)
    .executeTakeFirstOrThrow();
  return count;
}
