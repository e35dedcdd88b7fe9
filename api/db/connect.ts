import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from '../log.ts';
import type { Database } from './schema.ts';

/** Connections of one instance; the sync leader holds one more of its own. */
const POOL_SIZE = 10;

/**
 * Opens the pool. Nothing is connected until the first query.
 *
 * `bigint` columns (ids of people, revisions) are read as numbers: none comes near 2^53.
 */
export function connect(databaseUrl: string, log: Logger): Kysely<Database> {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'materi-api',
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    types,
  });
  const onLost = (error: Error) => log.warn({ err: error }, 'a PostgreSQL connection was lost');
  pool.on('error', onLost);
  // The pool listens only to idle clients. One that somebody holds between two queries, as the sync
  // leader does, would end the process with an error event that nobody hears.
  pool.on('connect', (client) => client.on('error', onLost));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

const CONNECTION_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  '08000',
  '08003',
  '08006',
  '53300', // too many connections
  '57P01', // the server is shutting down
  '57P02',
  '57P03', // the server is starting
]);

/** Whether an error says that PostgreSQL cannot be reached now, and the same again may succeed. */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && CONNECTION_ERRORS.has(error.code)) {
    return true;
  }
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}

/** Whether an error says that a row of that unique index or constraint is already there. */
export function isDuplicate(error: unknown, constraint: string): boolean {
  return error instanceof pg.DatabaseError && error.constraint === constraint;
}
