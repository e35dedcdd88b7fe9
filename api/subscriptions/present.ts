import type { JobKind } from '../../core/index.ts';
import type { SubscriptionRow } from './repository.ts';
import type { Subscription } from './schemas.ts';

export function presentSubscription(
  row: SubscriptionRow,
  claimants: ReadonlyMap<JobKind, SubscriptionRow>,
): Subscription {
  return {
    id: row.id,
    url: row.url,
    eventTypes: row.eventTypes,
    kinds: row.kinds,
    test: row.test,
    claims: row.kinds.filter((kind) => claimants.get(kind)?.id === row.id),
    workflow: row.workflow,
    createdAt: row.createdAt.toISOString(),
    lastDelivery: row.lastDelivery,
    circuit: {
      state: row.pausedUntil === null ? 'closed' : 'open',
      misses: row.misses,
      probeAt: row.pausedUntil?.toISOString() ?? null,
    },
  };
}
