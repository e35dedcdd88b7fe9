import type { Kysely } from 'kysely';
import { HeaderError, SheetError, type SheetTransport } from '../../core/index.ts';
import { reportCatalogState, type StopReason } from '../catalog/index.ts';
import type { CatalogProblem, Database } from '../db/schema.ts';
import { EmptiedSheetError, type CycleResult } from './cycle.ts';
import type { Parking } from './parking.ts';
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

/** Google tells these apart in words alone. */
function refusal(message: string): StopReason {
  if (/protected/i.test(message)) return 'protected';
  return /limit of [\d,. ]*cells|above the limit/i.test(message) ? 'full' : 'refused';
}

/** Reads and writes of the last minute, for the status. */
export class QuotaMeter {
  readonly #times: Record<'reads' | 'writes', number[]> = { reads: [], writes: [] };

  /** The same transport, its requests counted. */
  count(transport: SheetTransport): SheetTransport {
    const note = (what: 'reads' | 'writes') => this.#times[what].push(Date.now());
    return {
      describe: () => (note('reads'), transport.describe()),
      read: (...asked) => (note('reads'), transport.read(...asked)),
      write: (requests) => (note('writes'), transport.write(requests)),
    };
  }

  used(): { at: string; reads: number; writes: number } {
    const now = Date.now();
    return { at: new Date(now).toISOString(), ...this.#since(now - 60_000) };
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

/** @param since since when nothing of what waits can be written, if that is so */
export async function reportCycle(
  db: Kysely<Database>,
  result: CycleResult,
  parking: Parking,
  { since, quota }: { since: Date; quota: QuotaMeter },
): Promise<void> {
  const problems: CatalogProblem[] = [
    ...result.problems,
    ...parking.list().map(({ rowNumber, reason }) => ({
      rowNumber,
      kind: 'parked',
      message: reason,
    })),
  ];
  const { stuck } = result;
  await reportCatalogState(db, {
    ...(stuck === null
      ? { state: 'ok', reason: null, detail: null, stopped_at: null }
      : { state: 'stopped', reason: refusal(stuck), detail: stuck, stopped_at: since }),
    vanished: 0,
    last_sync_at: new Date(),
    problems,
    quota: quota.used(),
    confirmed_at: null,
  });
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
    detail: isOfTheSheet(error) ? error.message : null,
    stopped_at: since,
    vanished,
    quota: quota.used(),
  });
}
