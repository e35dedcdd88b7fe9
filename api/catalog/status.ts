import { authorize } from '../auth/authorize.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { problemText } from './problemText.ts';
import { STOP_TEXT } from './reasons.ts';
import { countWaiting, readCatalogState, type CatalogState } from './repository.ts';
import type { CatalogStatus } from './schemas.ts';
import { readUnplaced } from './unplaced.ts';

/** A sheet with more rows at fault than this has one fault that is not in its rows. */
const MOST_PROBLEMS = 200;
const MINUTE_MS = 60_000;
/** Sync reads the sheet at least every minute, and retries an error after at most 64 s. */
const OVERDUE_MS = 3 * MINUTE_MS;

/** How the sync of the catalog with its sheet goes. @throws PortalError `not_signed_in` */
export async function catalogStatus(
  { db, startedAt }: Pick<Portal, 'db' | 'startedAt'>,
  caller: Caller,
): Promise<CatalogStatus> {
  await authorize(db, caller);
  const [row, waiting, unplaced] = await Promise.all([
    readCatalogState(db),
    countWaiting(db),
    readUnplaced(db),
  ]);
  const byRow = row.problems.toSorted((a, b) => (a.rowNumber ?? 0) - (b.rowNumber ?? 0));
  return {
    ...stateOf(row, startedAt),
    lastSyncAt: row.lastSyncAt?.toISOString() ?? null,
    ...waiting,
    problems: byRow.slice(0, MOST_PROBLEMS).map((problem) => ({
      rowNumber: problem.rowNumber,
      kind: problem.kind,
      message: problemText(problem),
    })),
    problemCount: row.problemCount ?? row.problems.length,
    ...unplaced,
    vanished: row.vanished,
    isConfirmed: row.confirmedAt !== null,
    quota: row.quota && lastMinute(row),
  };
}

/** Sync reports after every read. Without a report for so long, no instance leads, or the leader hangs. */
export function stateOf(
  row: CatalogState,
  startedAt: Date,
): Pick<CatalogStatus, 'state' | 'reason'> {
  // Before the first sync ever, the time begins when this instance starts.
  const lastSync = row.lastSyncAt ?? startedAt;
  const isOverdue = (row.lastSyncAgeMs ?? Date.now() - startedAt.getTime()) > OVERDUE_MS;
  const code = row.reason ?? (isOverdue ? 'overdue' : null);
  if (code === null) return { state: 'ok', reason: null };
  const since = row.reason === null ? lastSync : row.stoppedAt;
  return {
    state: 'stopped',
    reason: {
      code,
      message: STOP_TEXT[code],
      detail: row.reason === null ? null : row.detail,
      since: since?.toISOString() ?? null,
    },
  };
}

/** An older count says nothing: the leader sends no requests while it backs off. */
export function lastMinute({
  quota,
  quotaAgeMs,
}: CatalogState): NonNullable<CatalogStatus['quota']> {
  if (quota === null || (quotaAgeMs ?? 0) > MINUTE_MS) {
    return { readsLastMinute: 0, writesLastMinute: 0 };
  }
  return { readsLastMinute: quota.reads, writesLastMinute: quota.writes };
}
