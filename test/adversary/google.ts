import { setTimeout } from 'node:timers/promises';
import {
  SheetError,
  type CellValue,
  type SheetRequest,
  type SheetTransport,
} from '../../core/index.ts';
import type { Fault, Kill } from './deeds.ts';
import { memoryTransport } from './memoryTransport.ts';
import { SHEET_ID, type MemorySheet } from './memorySheet.ts';

/**
 * Batches count up from the millisecond of the one that makes the journal. A batch of a journal that
 * people took away counts ahead of the next journal's unless time passes between them, as it does over
 * a network. So the read before a new journal waits until the last one is so old.
 */
const NEW_JOURNAL_MS = 30;

/** What a caller of the transport meets in one step. */
export interface Meeting {
  readonly fault: Fault | null;
  readonly kill: Kill | null;
  /** @throws what ends the caller's process */
  requireAlive(): void;
  die(): void;
  beforeWrite(write: number): Promise<void>;
  afterWrite(write: number): Promise<void>;
}

type Late = () => Promise<unknown>;

/** Follows a batch of a writer who has last seen the sheet like this. */
export type Follow = (change: () => Promise<void>, seen: readonly CellValue[][]) => Promise<void>;

/** Google, with its faults: all writers of one history write through it. */
export class FaultyGoogle {
  readonly #sheet: MemorySheet;
  readonly #real: SheetTransport;
  readonly #follow: Follow;
  #late: Late[] = [];
  #target: number | null = null;
  #taken = 0;
  /** When a batch that makes the journal was sent last, in ms since 1970. */
  #journalSentAt = 0;
  /** Nobody has read the sheet since people took the journal away. */
  #isJustTaken = false;
  /** Batches that changed the sheet. */
  landed = 0;

  constructor(sheet: MemorySheet, follow: Follow) {
    this.#sheet = sheet;
    this.#real = memoryTransport(sheet);
    this.#follow = follow;
  }

  /** The first row, from 0, of the catalog's cells that the newest batch writes; null: none. */
  get target(): number | null {
    return this.#target;
  }

  /** Whether a batch is on its way. */
  get isHolding(): boolean {
    return this.#late.length > 0;
  }

  /** People take the journal away or give the sheet an earlier state: no batch is on its way then. */
  journalIsTaken(): void {
    this.#taken += 1;
    this.#isJustTaken = true;
  }

  /** Waits before a read that a new journal, or one of an earlier version, may follow. */
  async #letTimePass(): Promise<void> {
    const hasJournal = this.#sheet.tabs().length > 1;
    if (hasJournal && !this.#isJustTaken) return;
    this.#isJustTaken = false;
    const leftMs = this.#journalSentAt + NEW_JOURNAL_MS - Date.now();
    if (leftMs > 0) await setTimeout(leftMs);
  }

  /** The batches that Google held arrive, in their order. */
  async arrive(): Promise<void> {
    const late = this.#late;
    this.#late = [];
    // A batch that another writer's batch has overtaken is refused.
    for (const send of late) await send().catch(requireRefused);
  }

  /** @param meeting what happens in the step that runs, asked for at each call */
  transport(meeting: () => Meeting): SheetTransport {
    let counted: Meeting | null = null;
    let reads = 0;
    let writes = 0;
    let seen: readonly CellValue[][] = [];
    const begin = (): Meeting => {
      const now = meeting();
      if (now !== counted) [counted, reads, writes] = [now, 0, 0];
      now.requireAlive();
      return now;
    };
    const dieAt = (now: Meeting, at: Kill['at'], count: number) => {
      if (now.kill?.at === at && now.kill.count === count) now.die();
      now.requireAlive();
    };
    return {
      ...this.#real,
      read: async (...asked) => {
        const now = begin();
        await this.#letTimePass();
        const values = await this.#real.read(...asked);
        seen = this.#sheet.entered();
        dieAt(now, 'read', reads);
        reads += 1;
        return values;
      },
      write: async (...asked) => {
        const now = begin();
        const write = writes;
        writes += 1;
        this.#target = targetOf(asked[0]) ?? this.#target;
        if (asked[0].some((request) => 'addSheet' in request)) this.#journalSentAt = Date.now();
        const taken = this.#taken;
        await now.beforeWrite(write);
        dieAt(now, 'beforeWrite', write);
        const fault = now.fault?.write === write ? now.fault : null;
        if (fault?.kind === 'late') {
          const seenNow = seen;
          if (this.#taken === taken) this.#late.push(() => this.#land(asked, seenNow));
          await now.afterWrite(write);
          throw errorOf(fault);
        }
        if (fault?.when === 'before' || fault?.kind === 'busy') {
          await now.afterWrite(write);
          throw errorOf(fault);
        }
        const answer = await this.#land(asked, seen);
        seen = this.#sheet.entered();
        await now.afterWrite(write);
        dieAt(now, 'afterWrite', write);
        if (fault !== null) throw errorOf(fault);
        return answer;
      },
    };
  }

  async #land(
    asked: Parameters<SheetTransport['write']>,
    seen: readonly CellValue[][],
  ): ReturnType<SheetTransport['write']> {
    let answer: Awaited<ReturnType<SheetTransport['write']>> = [];
    await this.#follow(async () => {
      answer = await this.#real.write(...asked);
    }, seen);
    this.landed += 1;
    return answer;
  }
}

function errorOf({ kind }: Fault): SheetError {
  if (kind === 'busy') return new SheetError('busy', 'Google Sheets (429): over quota');
  return new SheetError('unknown', `Google Sheets (${kind === 'away' ? 503 : 'no answer'})`);
}

function requireRefused(error: unknown): void {
  if (!(error instanceof SheetError) || error.kind !== 'refused') throw error;
}

function targetOf(requests: readonly SheetRequest[]): number | null {
  for (const request of requests) {
    if (!('updateCells' in request)) continue;
    const { range } = request.updateCells;
    if (range.sheetId === SHEET_ID) return range.startRowIndex;
  }
  return null;
}
