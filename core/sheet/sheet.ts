import type { Plan } from './plan.ts';
import { batchRequests } from './requests.ts';
import { locate, readSnapshot, type Location, type Snapshot } from './snapshot.ts';
import { SheetError, type SheetTransport } from './transport.ts';

/** A catalog's sheet: read it, plan on what was read, write the plan, and read again to confirm. */
export interface CatalogSheet {
  /**
   * One request, two when the tabs may have changed.
   *
   * @throws HeaderError if a column cannot be found
   * @throws SheetError as the transport does
   */
  read(): Promise<Snapshot>;
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
  let known: Location | null = null;

  const readFresh = async (): Promise<Snapshot> => {
    known = await locate(transport, tab);
    return readSnapshot(transport, known, true);
  };

  return {
    async read() {
      if (known?.hasCarbon !== true) return readFresh();
      try {
        const snapshot = await readSnapshot(transport, known, false);
        return snapshot.carbon?.label == null ? await readFresh() : snapshot;
      } catch (error) {
        if (!(error instanceof SheetError) || error.kind !== 'refused') throw error;
        return readFresh();
      }
    },

    async write(plan, snapshot) {
      try {
        await transport.write(batchRequests(plan, snapshot));
      } catch (error) {
        known = null;
        throw error;
      }
    },
  };
}
