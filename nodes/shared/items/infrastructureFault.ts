import { read, readText } from '../http/read.ts';

/** Names of n8n's own errors (2.41) that say nothing about the workflow. */
const NAMES = new Set([
  ...['DbConnectionTimeoutError', 'QueryFailedError', 'IsolateError'],
  ...['WorkflowCrashedError', 'NodeCrashedError', 'MaxStalledCountError'],
  ...['TaskRequestTimeoutError', 'TaskRunnerDisconnectedError', 'TaskRunnerFailedHeartbeatError'],
  ...['TaskRunnerOomError', 'TaskRunnerRestartLoopError', 'SystemShutdownExecutionCancelledError'],
]);

/** Messages of the same faults and of PostgreSQL's: a wrapped error has lost its name. */
const WORDS = [
  'database connection timed out',
  'could not establish database connection',
  'database is not ready',
  'could not acquire lock',
  'timeout exceeded when trying to connect',
  'connection terminated',
  'query read timeout',
  'too many clients',
  'remaining connection slots',
  'terminating connection due to',
  'possible out-of-memory',
  'ran out of memory',
  'task request timed out',
  'runner became unresponsive',
  'task runner has restarted',
  'system is shutting down',
  'failed to be processed too many times',
];

/** Codes of a broken connection, and of a machine without free disk, files or memory. */
const CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN', 'ENOTFOUND'],
  ...['ENOSPC', 'EMFILE', 'ENOMEM'],
]);

const DEEPEST_CAUSE = 5;
const LONGEST_MESSAGE = 4_000;

/**
 * Whether an error is a fault of n8n's infrastructure: its database, a worker, a task runner,
 * memory. The same job may succeed later.
 */
export function isInfrastructureFault(error: unknown): boolean {
  let fault = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && fault !== undefined; depth++) {
    if (NAMES.has(readText(fault, 'name')) || CODES.has(readText(fault, 'code'))) return true;
    const message = (typeof fault === 'string' ? fault : readText(fault, 'message'))
      .slice(0, LONGEST_MESSAGE)
      .toLowerCase();
    if (WORDS.some((words) => message.includes(words))) return true;
    fault = read(fault, 'cause');
  }
  return false;
}
