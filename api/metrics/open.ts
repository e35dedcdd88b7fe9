import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PoolUse } from '../db/connect.ts';
import type { Logger } from '../log.ts';
import { openDatabaseGauges } from './databaseGauges.ts';
import type { Metrics } from './metrics.ts';

/**
 * The methods of routes. The API counts any other method as `other`. Otherwise each name that a caller
 * invents would be a new time series.
 */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** In seconds; the longest wait for PostgreSQL is 15. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/** Starts to measure. Each app has its own registry, so that several apps can run in one process. */
export function openMetrics(deps: {
  readonly databaseUrl: string;
  readonly log: Logger;
  readonly startedAt: Date;
  /** The pools of this process, by name. */
  readonly pools: Readonly<Record<string, () => PoolUse>>;
}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer. Streams of jobs last as long as somebody watches.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const posts = new Counter({
    name: 'portal_dispatch_posts_total',
    help: 'Events posted to subscriptions, by how the post ended.',
    labelNames: ['type', 'outcome'],
    registers,
  });
  new Gauge({
    name: 'portal_database_connections',
    help: 'Connections of the pools of this process: used and idle; waiting is work without one.',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [pool, use] of Object.entries(deps.pools)) {
        const { used, idle, waiting } = use();
        for (const [state, count] of Object.entries({ used, idle, waiting })) {
          this.set({ pool, state }, count);
        }
      }
    },
  });
  const gauges = openDatabaseGauges({ ...deps, registry });
  return {
    contentType: registry.contentType,
    async text() {
      await gauges.refresh();
      return registry.metrics();
    },
    request({ method, route = 'none', status, seconds }) {
      const labels = {
        method: METHODS.has(method) ? method : 'other',
        route,
        status: status === null ? 'cut' : String(status),
      };
      requests.observe(labels, seconds);
    },
    posted(type, outcome) {
      posts.inc({ type, outcome });
    },
    close: () => gauges.close(),
  };
}
