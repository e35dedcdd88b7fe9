import {
  CamelCasePlugin,
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
} from 'kysely';
import pg from 'pg';
import type { Logger } from '../log.ts';
import { currentSpan, recorded, type Span } from '../trace.ts';
import type { Database } from './schema.ts';
import { isDatabaseUnavailable, NoAnswerError, NoSessionError } from './unavailable.ts';

/**
 * Time limits. The server's limits are shorter than `answerMs`, so that its error says the reason.
 */
export interface Limits {
  readonly connections: number;
  /** For a free connection of the pool, or for a new one to be ready. */
  readonly connectMs: number;
  /** For one statement (`statement_timeout`). */
  readonly statementMs: number;
  /** For one lock (`lock_timeout`). */
  readonly lockMs: number;
  /** Between two statements of a transaction (`idle_in_transaction_session_timeout`). */
  readonly idleInTransactionMs: number;
  /** For the answer to one statement, as this process sees it; then its connection is given up. */
  readonly answerMs: number;
}

/** For requests, dispatch and sync: a request ends after connectMs + answerMs at the latest. */
export const REQUEST_LIMITS: Limits = {
  connections: 10,
  connectMs: 5_000,
  statementMs: 8_000,
  lockMs: 5_000,
  idleInTransactionMs: 12_000,
  answerMs: 10_000,
};

const MINUTE_MS = 60_000;

/**
 * For migrations, backups and restores: they read or change whole tables, and no request waits for
 * them.
 */
export const LONG_LIMITS: Limits = {
  connections: 2,
  connectMs: 5_000,
  statementMs: 15 * MINUTE_MS,
  lockMs: 5 * MINUTE_MS,
  idleInTransactionMs: 5 * MINUTE_MS,
  answerMs: 16 * MINUTE_MS,
};

/**
 * A dead connection is noticed within half a minute. Both sides probe a quiet connection after 10 s. The
 * server also closes a connection if the client receives no data for 20 s.
 */
const KEEPALIVE_MS = 10_000;
const SERVER_OPTIONS = {
  tcp_keepalives_idle: '10s',
  tcp_keepalives_interval: '5s',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '20s',
};

/** How much a pool is used at this moment. */
export interface PoolUse {
  readonly used: number;
  readonly idle: number;
  /** Work that waits for a connection. */
  readonly waiting: number;
}

/** Opens a pool. Nothing is connected until the first query. */
export function connect(
  databaseUrl: string,
  log: Logger,
  limits: Limits = REQUEST_LIMITS,
): Kysely<Database> {
  return openPool(databaseUrl, log, limits).db;
}

/**
 * Like `connect`, but also says how many connections are in use, for the metrics.
 *
 * `bigint` columns (ids of people, revisions) are read as numbers: none comes near 2^53.
 */
export function openPool(
  databaseUrl: string,
  log: Logger,
  limits: Limits = REQUEST_LIMITS,
): { db: Kysely<Database>; use: () => PoolUse } {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    ...withServerOptions(databaseUrl),
    max: limits.connections,
    connectionTimeoutMillis: limits.connectMs,
    query_timeout: limits.answerMs,
    statement_timeout: limits.statementMs,
    lock_timeout: limits.lockMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_MS,
    application_name: 'materi-api',
    types,
  });
  const onLost = (error: Error) => log.warn({ err: error }, 'a PostgreSQL connection was lost');
  pool.on('error', onLost);
  // The pool handles errors of idle clients only. The sync leader holds a client between two queries: without
  // this handler, its error would end the process.
  pool.on('connect', (client) => client.on('error', onLost));
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: givingUp(pool) }),
    // Tables and columns are snake_case in PostgreSQL and camelCase here; JSON stays as it is.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  const use = () => ({
    used: pool.totalCount - pool.idleCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  });
  return { db, use };
}

/** The options of the URL (`?options=-c …`) are kept; the last setting of a name counts. */
function withServerOptions(databaseUrl: string): pg.PoolConfig {
  const url = new URL(databaseUrl);
  const options = Object.entries(SERVER_OPTIONS).map(([name, value]) => `-c ${name}=${value}`);
  options.push(...url.searchParams.getAll('options'));
  url.searchParams.delete('options');
  return { connectionString: url.href, options: options.join(' ') };
}

/**
 * Makes the pool destroy a connection that did not answer in time. The package pg itself would use the
 * connection again, and the next query would wait behind the late answer (pg 8.23, lib/client.js, `query`,
 * "Query read timeout").
 */
function givingUp(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        if (isDatabaseUnavailable(error) || !(error instanceof Error)) throw error;
        throw new NoSessionError(error.message, { cause: error });
      });
      let unanswered: NoAnswerError | undefined;
      const query = async (text: string, parameters: readonly unknown[]) => {
        if (unanswered !== undefined) throw unanswered;
        try {
          return await recorded(spanOf(text), () => client.query(text, [...parameters]));
        } catch (error) {
          if (!(error instanceof Error) || error.message !== 'Query read timeout') throw error;
          unanswered = new NoAnswerError('PostgreSQL did not answer in time.', { cause: error });
          throw unanswered;
        }
      };
      return {
        // Kysely's type also has cursors, which the portal does not use.
        query: query as unknown as PostgresPoolClient['query'],
        release: (destroy = false) => client.release(destroy || unanswered !== undefined),
      };
    },
  };
}

/** A statement's text has no values of people: they are its parameters, which are not recorded. */
function spanOf(text: string): Span | null {
  const span = currentSpan();
  if (span === null) return null;
  const [operation = 'SQL'] = /[a-z]{1,20}/i.exec(text) ?? [];
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text };
  return span.begin(operation.toUpperCase(), 'client', attributes);
}

/** Whether an error says that a row of that unique index or constraint is already there. */
export function isDuplicate(error: unknown, constraint: string): boolean {
  return error instanceof pg.DatabaseError && error.constraint === constraint;
}
