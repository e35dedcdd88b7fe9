import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { startBackups } from './backup/index.ts';
import type { Config } from './config.ts';
import { connect, isDatabaseDown } from './db/connect.ts';
import { migrate } from './db/migrate.ts';
import type { Database } from './db/schema.ts';
import { startDispatch } from './dispatch/index.ts';
import { startHousekeeping } from './housekeeping/index.ts';
import { createApp } from './http/app.ts';
import { TIMING, type Timing } from './jobs/timing.ts';
import type { Logger } from './log.ts';
import type { Portal } from './portal.ts';
import type { startSync } from './sync/index.ts';

export type StartSync = typeof startSync;
export type StartBackups = typeof startBackups;

export interface RunningPortal {
  /** The base URL, without `/api`. */
  readonly url: string;
  /** Stops taking work, finishes requests, gives back what it holds, closes the pool. */
  stop(): Promise<void>;
}

/** How long PostgreSQL may take to come up, in milliseconds. */
const DATABASE_PATIENCE = 30_000;

/** How long requests may take to finish when the instance stops, in milliseconds. */
const REQUEST_PATIENCE = 3_000;

/**
 * Starts one instance: PostgreSQL, migrations, dispatch, sync, backups, HTTP.
 *
 * @throws what went wrong with the database or the port
 */
export async function startPortal({
  config,
  log,
  timing = TIMING,
  startSync,
  startBackups,
}: {
  config: Config;
  log: Logger;
  timing?: Timing;
  startSync?: StartSync;
  startBackups?: StartBackups;
}): Promise<RunningPortal> {
  const db = connect(config.databaseUrl, log);
  await waitForDatabase(db, log);
  await migrate(db, log);

  let stopping = false;
  const portal: Portal = {
    db,
    config,
    log,
    timing,
    stopping: () => stopping,
    wakeDispatch: () => dispatch.wake(),
    wakeSync: () => sync?.wake(),
    sendSample: (subscription) => dispatch.sample(subscription),
  };
  const dispatch = startDispatch(portal);
  const sync = startSync?.({ db, config, log });
  const backups = startBackups?.({ db, config, log });
  const housekeeping = startHousekeeping({ db, log });
  const stopWork = () =>
    Promise.all([dispatch.stop(), sync?.stop(), backups?.stop(), housekeeping.stop()]);

  const server = createServer(createApp(portal));
  const url = await listen(server, config).catch(async (error: unknown) => {
    await stopWork();
    await db.destroy();
    throw error;
  });
  log.info({ url }, `the API listens on ${url}`);

  async function stop(): Promise<void> {
    stopping = true;
    log.info('stopping');
    await Promise.all([close(server), stopWork()]);
    await db.destroy();
    log.info('stopped');
  }
  let stopped: Promise<void> | undefined;
  return { url, stop: () => (stopped ??= stop()) };
}

async function waitForDatabase(db: Kysely<Database>, log: Logger): Promise<void> {
  const until = Date.now() + DATABASE_PATIENCE;
  for (;;) {
    try {
      await sql`select 1`.execute(db);
      return;
    } catch (error) {
      if (!isDatabaseDown(error) || Date.now() > until) throw error;
      log.info('waiting for PostgreSQL');
      await after(500);
    }
  }
}

function listen(server: Server, { port, host }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address: AddressInfo | string | null = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${actual}`);
    });
  });
}

/**
 * Idle connections go at once, busy ones when their answer is out or the patience is over. One that
 * was busy would be kept alive for another request, so it is looked for again and again.
 */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), REQUEST_PATIENCE);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
