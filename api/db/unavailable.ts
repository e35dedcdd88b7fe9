/** Error codes of Node.js and SQLSTATEs after which the same request may succeed in a moment. */
const UNAVAILABLE_CODES = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  '25006', // read-only transaction: the server has become a standby
  '25P03', // idle in a transaction for too long
  '40001', // serialization failure
  '40P01', // deadlock
  '55P03', // a lock was not available in time
  '57014', // a statement took too long
  '57P01', // the server is shutting down, or an administrator ended the session
  '57P02',
  '57P03', // the server is starting
  '57P04', // the database was dropped
  '57P05', // the session was idle for too long
]);

/**
 * Classes of SQLSTATEs. 08: connection exceptions. 53: insufficient resources, such as a full disk. 58:
 * errors of the server's system, such as a broken disk.
 */
const UNAVAILABLE_CLASSES = /^(?:08|53|58)[0-9A-Z]{3}$/;

/** Errors of pg, pg-pool and Kysely that have no code. */
const UNAVAILABLE_MESSAGES = [
  'Connection terminated',
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
  'Client was closed',
  'Postgres connection has been discarded',
];

/** PostgreSQL did not answer a query in time. The query may have taken effect. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** PostgreSQL answered, but gave no session: a wrong password, a database that takes no connections. */
export class NoSessionError extends Error {
  override readonly name = 'NoSessionError';
}

/** Describes the error, and names the variable that an operator must check. It never has the password. */
export function databaseFault(error: unknown): string {
  // Of a refused connection pg sometimes gives a code and no message.
  const { message = '', code = '' } = error as { message?: string; code?: string };
  const reason = message || code;
  return `PostgreSQL cannot be used (${reason}). Check DATABASE_URL, and that the server runs.`;
}

/**
 * Whether an error says that PostgreSQL cannot be reached, or cannot read or write now. The same
 * request may succeed in a moment.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof NoAnswerError || error instanceof NoSessionError) return true;
  if ('code' in error && typeof error.code === 'string') {
    if (UNAVAILABLE_CODES.has(error.code) || UNAVAILABLE_CLASSES.test(error.code)) return true;
  }
  return UNAVAILABLE_MESSAGES.some((start) => error.message.startsWith(start));
}
