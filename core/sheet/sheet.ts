import { randomUUID } from 'node:crypto';
import { HeaderError } from '../material/index.ts';
import { lastBatch } from './confirm.ts';
import { planBatch } from './plan.ts';
import type { Plan } from './planned.ts';
import { locate, readByLabel, readCatalog, readSnapshot } from './read.ts';
import { batchRequests } from './requests.ts';
import type { Snapshot } from './snapshot.ts';
import { SheetError, type SheetTransport } from './transport.ts';

/** A catalog's sheet: read it, plan on what was read, write the plan, and read again to confirm. */
export interface CatalogSheet {
  /**
   * The catalog and its carbon copy. One request; more where no batch was ever written, after a write
   * that failed, and where the last batch was another catalog's of the same spreadsheet, whose mistakes
   * are put right first.
   *
   * @throws HeaderError if a column cannot be found
   * @throws SheetError as the transport does
   */
  read(): Promise<Snapshot>;
  /**
   * The catalog alone. One request.
   *
   * @throws HeaderError, SheetError as `read`
   */
  readCatalog(): Promise<Pick<Snapshot, 'header' | 'rows'>>;
  /**
   * One request. Whether it landed is for the next read to tell, also when this throws.
   *
   * @param snapshot the read that the plan was made on
   * @throws SheetError as the transport does; `refused` also if another writer was there first
   */
  write(plan: Plan, snapshot: Snapshot): Promise<void>;
}

/** Batches in a row that put another tab right. */
const MOST_MENDING = 20;

/** @param tab the catalog's tab, by its exact title */
export function openSheet(transport: SheetTransport, tab: string): CatalogSheet {
  /** Nothing that the label says of tabs and named ranges is believed until they were looked at. */
  let isDoubted = false;

  const read = async (): Promise<Snapshot> => {
    const labelled = isDoubted ? null : await unlessRefused(readByLabel(transport, tab));
    if (labelled !== null) return labelled;
    const snapshot = await readSnapshot(transport, await locate(transport, tab));
    isDoubted = snapshot.carbon === null;
    return snapshot;
  };

  return {
    async read() {
      for (let tries = 0; ; tries += 1) {
        const snapshot = await read();
        const label = snapshot.carbon?.label ?? null;
        // A tab that gave its name away is no catalog: what was written there is left to people.
        const isOther = label !== null && label.sheetId !== snapshot.location.sheetId;
        if (!isOther || label.tab === tab || tries === MOST_MENDING) return snapshot;
        if (!(await mendOther(transport, label.tab))) return snapshot;
      }
    },

    async readCatalog() {
      const read = await unlessRefused(readCatalog(transport, tab));
      if (read !== null) return read;
      // It says which tabs there are, if this one is missing.
      await locate(transport, tab);
      return readCatalog(transport, tab);
    },

    async write(plan, snapshot) {
      isDoubted = true;
      await transport.write(batchRequests(plan, snapshot));
      isDoubted = false;
    },
  };
}

/**
 * A spreadsheet has one carbon copy for all of its catalogs: what the last batch wrote by mistake in
 * another tab is put right before this one's batch takes the copy.
 *
 * @returns whether anything was sent
 */
async function mendOther(transport: SheetTransport, tab: string): Promise<boolean> {
  try {
    const other = await unlessRefused(readByLabel(transport, tab));
    const mending = (other === null ? null : lastBatch(other))?.mending;
    if (other === null || mending === undefined || mending.undo.length === 0) return false;
    const plan = planBatch(randomUUID(), other, {
      cells: [],
      rows: [],
      mending,
      nextRow: 0,
      metadataHeaders: [],
    });
    if (plan === null) return false;
    // Refused, and another writer was there first.
    await unlessRefused(transport.write(batchRequests(plan, other)));
    return true;
  } catch (error) {
    // That tab is no catalog any more.
    if (error instanceof HeaderError) return false;
    throw error;
  }
}

/** Null where Google refuses, as it does to read a tab that is missing. */
async function unlessRefused<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof SheetError && error.kind === 'refused') return null;
    throw error;
  }
}
