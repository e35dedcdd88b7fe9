import { setTimeout as after } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { analysisRules } from './analysis/rules.ts';
import { createApp } from './app.ts';
import type { startBackups } from './backup/index.ts';
import type { Config } from './config/config.ts';
import { generateRules } from './contents/rules.ts';
import { LONG_LIMITS, openPool } from './db/connect.ts';
import { migrate } from './db/migrate.ts';
import { openReadiness } from './db/readiness.ts';
import type { Database } from './db/schema.ts';
import { databaseFault, isDatabaseUnavailable, NoSessionError } from './db/unavailable.ts';
import { startDispatch } from './dispatch/index.ts';
import { startHousekeeping } from './housekeeping/index.ts';
import { watchLoad } from './http/lag.ts';
import { startHttpServer } from './http/server.ts';
import { startInvariantChecks } from './invariants/index.ts';
import { openJobWatch } from './jobs/watch.ts';
import type { Logger } from './log.ts';
import { openMetrics } from './metrics/open.ts';
import type { Portal } from './portal.ts';
import { openRedis } from './redis/connect.ts';
import type { startSync } from './sync/index.ts';
import { TIMING, type Timing } from './timing.ts';
import { openTracer } from './tracing/openTracer.ts';

export type StartSync = typeof startSync;
export type StartBackups = typeof startBackups;

export interface RunningPortal {
  /** The base URL, without `/api`. */
  readonly url: string;
  /** Stops taking work, finishes requests, gives back what it holds, closes the pools. */
  stop(): Promise<void>;
  /** The work that `stop` still waits for, such as `sync` or `POST /api/materials`. */
  running(): string[];
}

/** How long PostgreSQL may take to come up, in milliseconds. */
const DATABASE_PATIENCE_MS = 30_000;

/** A request may wait for PostgreSQL for as long as REQUEST_LIMITS say. */
const REQUEST_PATIENCE_MS = 16_000;

/** The process ends so long after the drain, also with work that is not finished. */
export const STOP_PATIENCE_MS = 20_000;

/**
 * Starts one instance: PostgreSQL, migrations, dispatch, sync, backups, HTTP.
 *
 * @param options `checksAnswers`: an answer that its route does not declare becomes 500; for tests
 * @throws what went wrong with the database or the port
 */
export async function startPortal({
  config,
  log,
  timing = TIMING,
  startSync,
  startBackups,
  checksAnswers = false,
}: {
  config: Config;
  log: Logger;
  timing?: Timing;
  startSync?: StartSync;
  startBackups?: StartBackups;
  checksAnswers?: boolean;
}): Promise<RunningPortal> {
  const { databaseUrl } = config;
  const { db, use: requests } = openPool(databaseUrl, log);
  const { db: longDb, use: long } = openPool(databaseUrl, log, LONG_LIMITS);
  const startedAt = new Date();
  const pools = { requests, long };
  const metrics = openMetrics({ databaseUrl, log, startedAt, pools });
  const readiness = openReadiness(databaseUrl, log);
  const closeDatabase = () =>
    Promise.all([db.destroy(), longDb.destroy(), readiness.close(), metrics.close()]);
  await waitForDatabase(db, log);
  await migrate(longDb, log);

  const tracer = await openTracer(config, log);
  const jobWatch = openJobWatch(databaseUrl, log);
  const load = watchLoad(config.overloadLagMs, log);
  const redis = config.redis === null ? null : openRedis(config.redis, log);
  let stopping = false;
  const portal: Portal = {
    db,
    config,
    log,
    metrics,
    tracer,
    timing,
    kinds: { analyze: analysisRules, generate: generateRules },
    readiness,
    jobWatch,
    load,
    redis,
    startedAt,
    stopping: () => stopping,
    wakeDispatch: () => dispatch.wake(),
    wakeSync: () => sync?.wake(),
    sendSample: (subscription) => dispatch.sample(subscription),
  };
  const dispatch = startDispatch(portal);
  const sync = startSync?.({ db, config, log });
  const backups = startBackups?.({ db: longDb, config, log });
  const housekeeping = startHousekeeping({ db, log, retention: config.retention });

  const invariants = startInvariantChecks({ db: longDb, log });

  const running = new Set<string>();
  const during = async (name: string, work: Promise<unknown> | undefined) => {
    running.add(name);
    await work;
    running.delete(name);
  };
  const stopWork = () =>
    Promise.all([
      during('streams of jobs', jobWatch.close()),
      during('dispatch', dispatch.stop()),
      during('sync', sync?.stop()),
      during('backup', backups?.stop()),
      during('housekeeping', housekeeping.stop()),
      during('the check of the invariants', invariants.stop()),
    ]);

  /** What requests use until the last one has been answered. */
  const stopWatching = () => {
    load.stop();
    redis?.close();
  };

  const server = await startHttpServer(createApp(portal, checksAnswers), { ...config, log }).catch(
    async (error: unknown) => {
      await stopWork();
      stopWatching();
      await closeDatabase();
      await tracer?.close();
      throw error;
    },
  );
  log.info({ url: server.url }, `the API listens on ${server.url}`);

  async function closeServer(): Promise<void> {
    server.drain();
    await after(config.stopDelayMs);
    const cut = await server.close(REQUEST_PATIENCE_MS);
    if (cut.length > 0) log.error({ requests: cut }, 'cut requests that took too long');
  }

  async function stop(): Promise<void> {
    stopping = true;
    log.info('stopping');
    await Promise.all([closeServer(), stopWork()]);
    stopWatching();
    await Promise.all([
      during('the connections to PostgreSQL', closeDatabase()),
      during('the last spans', tracer?.close()),
    ]);
    log.info('stopped');
  }
  let stopped: Promise<void> | undefined;
  return {
    url: server.url,
    stop: () => (stopped ??= stop()),
    running: () => [...running, ...server.answering()],
  };
}

async function waitForDatabase(db: Kysely<Database>, log: Logger): Promise<void> {
  const until = Date.now() + DATABASE_PATIENCE_MS;
  for (;;) {
    try {
      await sql`select 1`.execute(db);
      return;
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      if (error instanceof NoSessionError || Date.now() > until) {
        throw new Error(databaseFault(error), { cause: error });
      }
      log.info('waiting for PostgreSQL');
      await after(500);
    }
  }
}
