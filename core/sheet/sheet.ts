import type { Plan } from './planned.ts';
import { batchRequests } from './requests.ts';
import {
  locate,
  readByLabel,
  readCatalog,
  readSnapshot,
  type Location,
  type Snapshot,
} from './snapshot.ts';
import { SheetError, type SheetTransport } from './transport.ts';

/** A catalog's sheet: read it, plan on what was read, write the plan, and read again to confirm. */
export interface CatalogSheet {
  /**
   * The catalog and its carbon copy. One request; up to three where no batch was ever written, and
   * after a write that failed.
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

/** @param tab the catalog's tab, by its exact title */
export function openSheet(transport: SheetTransport, tab: string): CatalogSheet {
  /** Nothing that the label says of tabs and named ranges is believed until they were looked at. */
  let isDoubted = false;

  const locateAnew = (): Promise<Location> => locate(transport, tab);

  return {
    async read() {
      const labelled = isDoubted ? null : await unlessRefused(readByLabel(transport, tab));
      if (labelled !== null) return labelled;
      const snapshot = await readSnapshot(transport, await locateAnew());
      isDoubted = snapshot.carbon === null;
      return snapshot;
    },

    async readCatalog() {
      const read = await unlessRefused(readCatalog(transport, tab));
      if (read !== null) return read;
      await locateAnew();
      return readCatalog(transport, tab);
    },

    async write(plan, snapshot) {
      isDoubted = true;
      await transport.write(batchRequests(plan, snapshot));
      isDoubted = false;
    },
  };
}

/** Null where Google refuses to read, as it does where a tab is missing. */
async function unlessRefused<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof SheetError && error.kind === 'refused') return null;
    throw error;
  }
}
