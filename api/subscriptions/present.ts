import type { EventType, JobKind } from '../../core/index.ts';
import type { SubscriptionId } from '../db/ids.ts';
import type { LastDelivery, SubscribedWorkflow } from '../db/schema.ts';
import type { SubscriptionRow } from './repository.ts';

export interface Subscription {
  readonly id: SubscriptionId;
  readonly url: string;
  readonly eventTypes: readonly EventType[];
  readonly kinds: readonly JobKind[];
  readonly test: boolean;
  /** The kinds of jobs that go to this subscription: it was put last of all that ask for them. */
  readonly claims: readonly JobKind[];
  readonly workflow: SubscribedWorkflow | null;
  readonly createdAt: string;
  readonly lastDelivery: LastDelivery | null;
}

export function presentSubscription(
  row: SubscriptionRow,
  claimants: ReadonlyMap<JobKind, SubscriptionRow>,
): Subscription {
  return {
    id: row.id,
    url: row.url,
    eventTypes: row.event_types,
    kinds: row.kinds,
    test: row.test,
    claims: row.kinds.filter((kind) => claimants.get(kind)?.id === row.id),
    workflow: row.workflow,
    createdAt: row.created_at.toISOString(),
    lastDelivery: row.last_delivery,
  };
}
