import { sql, type Kysely } from 'kysely';
import { Gauge, type Registry } from 'prom-client';
import { connect, REQUEST_LIMITS, type Limits } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';
import { GAUGES, READINGS, type Sample } from './readings.ts';

/** One connection, which requests do not need, and one second a statement. */
const LIMITS: Limits = {
  ...REQUEST_LIMITS,
  connections: 1,
  connectMs: 1_000,
  statementMs: 1_000,
  lockMs: 500,
  answerMs: 1_500,
};

/** However many programs ask, PostgreSQL is asked once in this time. */
const KEPT_MS = 5_000;

/** No further statement begins after this. Prometheus gives up after 10 s, if nothing else is configured. */
const READ_MS = 4_000;

export interface DatabaseGauges {
  /** Reads the gauges again if they are old. It does not throw. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Gauges that PostgreSQL answers. A reading that fails leaves its gauges out: an old value would look like
 * a good one.
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
