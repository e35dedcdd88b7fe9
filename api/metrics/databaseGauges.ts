import { sql, type Kysely } from 'kysely';
import { Gauge, type Registry } from 'prom-client';
import { connect, REQUEST_LIMITS, type Limits } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';
import { GAUGES, READINGS, type Sample } from './readings.ts';

/** The limits of the metrics' own connection to PostgreSQL. No request uses this connection. */
const LIMITS: Limits = {
  ...REQUEST_LIMITS,
  connections: 1,
  connectMs: 1_000,
  statementMs: 1_000,
  lockMs: 500,
  answerMs: 1_500,
};

/** The API queries PostgreSQL at most once in this time, however many programs ask for `/metrics`. */
const KEPT_MS = 5_000;

/** After this time no further statement begins. Prometheus gives up after 10 s by default. */
const READ_MS = 4_000;

export interface DatabaseGauges {
  /** Reads the gauges again if they are old. It does not throw. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the gauges that the API reads from PostgreSQL. If a reading fails, its gauges are left out: nobody
 * could tell an old value from a new one.
 */
export function openDatabaseGauges({
  databaseUrl,
  log,
  startedAt,
  registry,
}: {
  databaseUrl: string;
  log: Logger;
  startedAt: Date;
  registry: Registry;
}): DatabaseGauges {
  const db = connect(databaseUrl, log, LIMITS);
  const up = new Gauge({
    name: 'portal_database_up',
    help: '1 if PostgreSQL answered the last question.',
    registers: [registry],
  });
  const gauges = new Map(
    GAUGES.map(({ name, help, labelNames }) => {
      const names = [...labelNames];
      return [name, new Gauge({ name, help, labelNames: names, registers: [registry] })];
    }),
  );

  async function read(): Promise<void> {
    const samples = await readSamples(db, log, startedAt);
    up.set(samples === null ? 0 : 1);
    for (const { name, labelNames } of GAUGES) {
      const gauge = gauges.get(name);
      gauge?.reset();
      // A gauge without labels shows 0 after `reset`.
      if (labelNames.length === 0) gauge?.remove();
    }
    for (const { gauge, labels = {}, value } of samples ?? [])
      gauges.get(gauge)?.set(labels, value);
  }

  let readAt = -Infinity;
  let reading: Promise<void> | undefined;
  return {
    refresh() {
      if (reading === undefined && performance.now() - readAt < KEPT_MS) return Promise.resolve();
      return (reading ??= read().finally(() => {
        reading = undefined;
        readAt = performance.now();
      }));
    },
    close: () => db.destroy(),
  };
}

/** @returns null if PostgreSQL does not answer */
async function readSamples(
  db: Kysely<Database>,
  log: Logger,
  startedAt: Date,
): Promise<Sample[] | null> {
  const until = performance.now() + READ_MS;
  try {
    await sql`select 1`.execute(db);
  } catch (error) {
    log.warn({ err: error }, 'the metrics cannot be read from PostgreSQL now');
    return null;
  }
  const samples: Sample[] = [];
  for (const [name, reading] of Object.entries(READINGS)) {
    if (performance.now() > until) {
      log.warn({ reading: name }, 'PostgreSQL is slow: some metrics were not read');
      break;
    }
    try {
      samples.push(...(await reading(db, startedAt)));
    } catch (error) {
      log.warn({ err: error, reading: name }, 'some metrics could not be read from PostgreSQL');
    }
  }
  return samples;
}
