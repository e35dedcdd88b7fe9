import { randomUUID } from 'node:crypto';
import { HeaderError } from '../../material/index.ts';
import { planRollback } from '../batch/index.ts';
import { SheetError, type SheetTransport, type TabShape } from '../../google/sheets/index.ts';
import {
  JOURNAL_TAB,
  type Aftermath,
  type SheetState,
  type Plan,
  type Snapshot,
} from '../journal/index.ts';
import { sendBatch } from './aftermath.ts';
import { lastBatch, readByLabel, readCatalog, readSnapshot } from './read.ts';
import { locate } from './tabs.ts';

/** A catalog's sheet: read it, plan on what was read, write the plan. The write's answer confirms it. */
export interface CatalogSheet {
  /**
   * Reads the catalog and its journal, and reconciles the last batch. One request. There are more requests
   * before the first batch and after a write that failed. If another catalog of the spreadsheet wrote the
   * last batch, its mistakes are rolled back first.
   *
   * @throws HeaderError if a column cannot be found
   * @throws SheetError as the transport does
   */
  read(): Promise<Snapshot>;
  /**
   * Reads the catalog alone. One request.
   *
   * @throws HeaderError, SheetError as `read`
   */
  readCatalog(): Promise<Pick<Snapshot, 'header' | 'rows'>>;
  /** Reads which rows are hidden and which cells are merged. One request. */
  shape(): Promise<TabShape>;
  /**
   * Sends a batch. One request; the answer shows what the batch did.
   *
   * @param sheetState the read, or the answer, that the plan was made on
   * @throws SheetError as the transport does: `refused` also if another writer was first; after
   *   `unknown` only a read shows whether the batch landed
   */
  write(plan: Plan, sheetState: SheetState): Promise<Aftermath>;
}

/** The most rollbacks that one `read` sends, one after another, for another catalog's tab. */
const MOST_ROLLBACKS = 20;

/** @param tab the catalog's tab, by its exact title */
export function openSheet(transport: SheetTransport, tab: string): CatalogSheet {
  /** After a failed write, tabs and named ranges are read from Google again: the label may be wrong. */
  let isDoubted = false;
  /** A person may have renamed the journal. */
  let journalTab = JOURNAL_TAB;

  const read = async (): Promise<Snapshot> => {
    const labelled = isDoubted
      ? null
      : await unlessRefused(readByLabel(transport, tab, journalTab));
    if (labelled !== null) return labelled;
    const snapshot = await readSnapshot(transport, await locate(transport, tab));
    isDoubted = snapshot.journal === null;
    journalTab = snapshot.location.journalTab ?? JOURNAL_TAB;
    return snapshot;
  };

  return {
    async read() {
      for (let tries = 0; ; tries += 1) {
        const snapshot = await read();
        const label = snapshot.journal?.label ?? null;
        if (label === null || label.sheetId === snapshot.location.sheetId) return snapshot;
        const other = label.tab === tab ? null : await readOther(transport, label.tab, journalTab);
        const plan = other === null ? null : planRollback(randomUUID(), other);
        if (other === null || plan === null || tries === MOST_ROLLBACKS) {
          const last = plan === null && other !== null ? other.last : lastBatch(snapshot.journal);
          return { ...snapshot, last };
        }
        // If Google refuses it, another writer was first.
        await unlessRefused(sendBatch(transport, plan, other));
      }
    },

    async readCatalog() {
      const read = await unlessRefused(readCatalog(transport, tab));
      if (read !== null) return read;
      // If the tab is missing, the error lists the tabs that there are.
      await locate(transport, tab);
      return readCatalog(transport, tab);
    },

    shape: () => transport.shape(tab),

    async write(plan, sheetState) {
      isDoubted = true;
      const aftermath = await sendBatch(transport, plan, sheetState);
      isDoubted = false;
      return aftermath;
    },
  };
}

/**
 * Reads the other catalog of this spreadsheet, to which the last batch wrote. A spreadsheet has one
 * journal: that batch is rolled back before this catalog's batch takes the journal.
 *
 * @returns null if the tab is no catalog any more
 */
function readOther(transport: SheetTransport, tab: string, journalTab: string) {
  const isNone = (error: unknown) => isRefused(error) || error instanceof HeaderError;
  return unless(isNone, readByLabel(transport, tab, journalTab));
}

/** Null where Google refuses, for instance to read a tab that is missing. */
function unlessRefused<T>(request: Promise<T>): Promise<T | null> {
  return unless(isRefused, request);
}

function isRefused(error: unknown): boolean {
  return error instanceof SheetError && error.kind === 'refused';
}

function unless<T>(isNone: (error: unknown) => boolean, request: Promise<T>): Promise<T | null> {
  return request.catch((error: unknown) => {
    if (isNone(error)) return null;
    throw error;
  });
}
