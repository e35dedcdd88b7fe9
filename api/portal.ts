import type { Kysely } from 'kysely';
import type { Config } from './config/config.ts';
import type { SubscriptionId } from './db/ids.ts';
import type { Readiness } from './db/readiness.ts';
import type { Database } from './db/schema.ts';
import type { Load } from './http/lag.ts';
import type { JobKinds } from './jobs/kinds.ts';
import type { JobWatch } from './jobs/watch.ts';
import type { Logger } from './log.ts';
import type { Redis } from './redis/connect.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Timing } from './timing.ts';
import type { Tracer } from './trace.ts';

/**
 * The parts of one instance that every verb uses, such as its database, its configuration, and the calls
 * that wake dispatch and sync.
 */
export interface Portal {
  readonly db: Kysely<Database>;
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'contentType' | 'text' | 'request' | 'posted'>;
  /** Null: traces pass through, and nobody records them. */
  readonly tracer: Tracer | null;
  readonly timing: Timing;
  readonly kinds: JobKinds;
  readonly readiness: Pick<Readiness, 'whyNot'>;
  readonly jobWatch: JobWatch;
  readonly load: Pick<Load, 'isOverloaded'>;
  /** Null: this instance counts requests alone. */
  readonly redis: Redis | null;
  readonly startedAt: Date;
  readonly stopping: () => boolean;
  /** A job became due: dispatch looks now instead of at its next poll. Call it after the commit. */
  readonly wakeDispatch: () => void;
  /** A material has pending changes: sync writes them now. Call it after the commit. */
  readonly wakeSync: () => void;
  /** Posts one sample event to a test subscription, after its answer has gone out. */
  readonly sendSample: (subscription: SubscriptionId) => void;
}
