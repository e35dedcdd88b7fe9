import type { Kysely } from 'kysely';
import {
  beginning,
  HeaderError,
  readable,
  SheetError,
  type SheetTransport,
} from '../../core/index.ts';
import { reportCatalogState } from '../catalog/index.ts';
import type { CatalogProblem, Database, StopReason } from '../db/schema.ts';
import { now } from '../db/time.ts';
import type { CycleResult } from './cycle.ts';
import { EmptiedSheetError } from './merging.ts';
import type { Parked, Parking } from './parking.ts';
import { VanishedError } from './vanish.ts';

/**
 * Errors that pass by themselves, or when a person corrects the sheet; anything else is a fault of
 * the portal.
 */
export function isOfTheSheet(error: unknown): error is Error {
  return (
    error instanceof SheetError ||
    error instanceof HeaderError ||
    error instanceof EmptiedSheetError ||
    error instanceof VanishedError
  );
}

function reasonOf(error: unknown): StopReason {
  if (error instanceof HeaderError) return 'header';
  if (error instanceof EmptiedSheetError) return 'emptied';
  if (error instanceof VanishedError) return 'vanished';
  if (!(error instanceof SheetError)) return 'internal';
  switch (error.kind) {
    case 'no_access':
      return 'no_access';
    case 'no_tab':
      return 'tab_missing';
    case 'busy':
      return 'quota';
    case 'unknown':
      return 'unreachable';
    case 'refused':
      return refusal(error.message);
  }
}

/** Google distinguishes these by their words alone. */
function refusal(message: string): StopReason {
  if (/protected/i.test(message)) return 'protected';
  return /limit of [\d,. ]*cells|above the limit/i.test(message) ? 'full' : 'refused';
}

/** Reads and writes of the last minute, for the status. */
export class QuotaMeter {
  readonly #times: Record<'reads' | 'writes', number[]> = { reads: [], writes: [] };

  /** Makes the transport count its requests. */
  count(transport: SheetTransport): SheetTransport {
    const note = (what: 'reads' | 'writes') => this.#times[what].push(Date.now());
    return {
      describe: () => (note('reads'), transport.describe()),
      read: (...asked) => (note('reads'), transport.read(...asked)),
      shape: (tab) => (note('reads'), transport.shape(tab)),
      write: (...sent) => (note('writes'), transport.write(...sent)),
    };
  }

  /** The requests of the last minute. */
  used(): { reads: number; writes: number } {
    return this.#since(Date.now() - 60_000);
  }

  /** The larger of both numbers since then, which is at most a minute ago. */
  mostSince(time: number): number {
    const { reads, writes } = this.#since(time);
    return Math.max(reads, writes);
  }

  #since(start: number): { reads: number; writes: number } {
    const count = (what: 'reads' | 'writes') => {
      this.#times[what] = this.#times[what].filter((time) => time > Date.now() - 60_000);
      return this.#times[what].filter((time) => time >= start).length;
    };
    return { reads: count('reads'), writes: count('writes') };
  }
}

/** At most this many problems are kept; the status has the count of all. */
const MOST_PROBLEMS = 200;
const MOST_DETAIL = 2_000;

/** @param since since when nothing of what waits can be written, if that is so */
export async function reportCycle(
  db: Kysely<Database>,
  result: CycleResult,
  parking: Parking,
  { since, quota }: { since: Date; quota: QuotaMeter },
): Promise<void> {
  const problems = [...result.problems, ...parking.list().map(parkedProblem)].toSorted(
    (a, b) => (a.rowNumber ?? 0) - (b.rowNumber ?? 0),
  );
  const { stuck } = result;
  await reportCatalogState(db, {
    ...(stuck === null
      ? { state: 'ok', reason: null, detail: null, stoppedAt: null }
      : { state: 'stopped', reason: refusal(stuck), detail: detailOf(stuck), stoppedAt: since }),
    vanished: 0,
    lastSyncAt: now,
    problems: problems
      .slice(0, MOST_PROBLEMS)
      .map((problem) => ({ ...problem, message: readable(problem.message) })),
    problemCount: problems.length,
    quota: quota.used(),
    confirmedAt: null,
  });
}

function parkedProblem({ rowNumber, reason }: Parked): CatalogProblem {
  if (refusal(reason) !== 'protected') return { rowNumber, kind: 'parked', message: reason };
  const where = rowNumber === null ? '' : `Row ${rowNumber}: `;
  return {
    rowNumber,
    kind: 'protected',
    message:
      `${where}a cell is protected, so a change of the portal waits. Let the portal’s service ` +
      `account edit it. Google says: ${reason}`,
  };
}

export async function reportStop(
  db: Kysely<Database>,
  error: unknown,
  since: Date,
  quota: QuotaMeter,
): Promise<void> {
  const vanished = error instanceof VanishedError ? error.vanished : 0;
  await reportCatalogState(db, {
    state: 'stopped',
    reason: reasonOf(error),
    // An internal error's text is for the log alone.
    detail: isOfTheSheet(error) ? detailOf(error.message) : null,
    stoppedAt: since,
    vanished,
    quota: quota.used(),
  });
}

/** PostgreSQL takes no NUL, and a header in the message may hold one. */
function detailOf(message: string): string {
  return beginning(readable(message), MOST_DETAIL);
}
