import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import {
  materialId,
  materialRows,
  planBatch,
  SheetError,
  type CatalogSheet,
  type MaterialId,
  type NewMaterial,
  type Plan,
  type RowProblem,
  type Snapshot,
} from '../../core/index.ts';
import { readCatalogState, reportCatalogState } from '../catalog/index.ts';
import type { Database } from '../db/schema.ts';
import { recordHistory } from '../history/index.ts';
import { pendingChanges, type SheetRows } from './changes.ts';
import { changesOfPeople } from './changesOfPeople.ts';
import { withinLimits } from './columns.ts';
import { identify } from './identity.ts';
import { fromRow, isEdited, isShownAnew, merge, newMerged, type Merged } from './merge.ts';
import {
  hasWork,
  insertMaterials,
  insertPlan,
  loadMaterials,
  saveMaterial,
  settlePlan,
  type Tx,
} from './repository.ts';
import type { Parking } from './parking.ts';
import { settlePlans } from './settle.ts';
import { followTyped } from './typed.ts';
import { noteVanished } from './vanish.ts';

export interface CycleDeps {
  readonly connection: Kysely<Database>;
  readonly sheet: CatalogSheet;
  readonly parking: Parking;
  /** What an empty sheet gets. */
  readonly sample: () => Promise<readonly NewMaterial[]>;
}

export interface CycleResult {
  /** A batch was sent, or one may still land: the next read should be soon. */
  readonly isBusy: boolean;
  /** Why Google refused the batch; null: it did not, or there was none. */
  readonly refused: string | null;
  /** Why Google refuses everything that waits; null: nothing does, or some of it may be tried. */
  readonly stuck: string | null;
  readonly problems: readonly RowProblem[];
  /** By this the next cycle sees that nothing has changed since. */
  readonly fingerprint: string;
}

/** The sheet lost everything it held: writing to it now could only make that worse. */
export class EmptiedSheetError extends Error {
  override readonly name = 'EmptiedSheetError';
}

/**
 * One cycle: one read, one transaction, at most one write.
 *
 * The transaction settles what was sent before, merges what people changed, and commits the plan of
 * what is sent next; so a crash at any point leaves either nothing or a plan that the next cycle
 * looks for in the sheet.
 *
 * @param last the result of the cycle before on this connection
 * @throws HeaderError, SheetError, EmptiedSheetError: the sheet cannot be synced as it is
 */
export async function syncCycle(deps: CycleDeps, last: CycleResult | null): Promise<CycleResult> {
  const { snapshot, problems } = withinLimits(await deps.sheet.read());
  const fingerprint = createHash('sha256').update(JSON.stringify(snapshot)).digest('hex');

  const cycle = await deps.connection
    .transaction()
    // A material that the API changes meanwhile makes this fail, and the next cycle begins anew.
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      if (last?.fingerprint === fingerprint && !(await hasWork(tx))) return null;
      return mergeAndPlan(tx, snapshot, deps);
    });
  if (cycle === null)
    return {
      isBusy: false,
      refused: null,
      stuck: null,
      problems: last?.problems ?? [],
      fingerprint,
    };

  const refused = cycle.plan === null ? null : await write(deps, cycle.plan, snapshot);
  const isBusy = cycle.plan !== null || cycle.isOpen;
  return {
    isBusy,
    refused,
    stuck: cycle.stuck,
    fingerprint,
    problems: [...problems, ...cycle.problems],
  };
}

/**
 * Sends a batch. One that Google refuses is planned anew, smaller, by the next cycle: it was
 * answered, so it cannot land later.
 *
 * @returns why Google refused it; null: it was taken
 */
async function write(deps: CycleDeps, plan: Plan, snapshot: Snapshot): Promise<string | null> {
  const { connection, sheet, parking } = deps;
  try {
    await sheet.write(plan, snapshot);
    parking.taken(plan);
    return null;
  } catch (error) {
    if (!(error instanceof SheetError) || error.kind !== 'refused') throw error;
    const isMending = plan.cells.some(({ restores }) => restores);
    if (!isMending) await settlePlan(connection, plan.id, 'refused');
    if (!parking.refused(plan, error.message, Date.now())) throw error;
    return error.message;
  }
}

interface MergedRows extends SheetRows {
  readonly problems: readonly RowProblem[];
}

const NO_ROWS: MergedRows = {
  identified: new Map(),
  unidentified: [],
  doubled: [],
  relabelled: new Map(),
  nextRow: 1,
  problems: [],
};
const NO_CHANGES = { cells: [], rows: [], nextRow: 1, metadataHeaders: [] };

interface Merging {
  readonly plan: Plan | null;
  readonly stuck: string | null;
  readonly isOpen: boolean;
  readonly problems: readonly RowProblem[];
}

async function mergeAndPlan(tx: Tx, snapshot: Snapshot, deps: CycleDeps): Promise<Merging> {
  const at = new Date().toISOString();
  const stored = await loadMaterials(tx);
  const materials = new Map(stored);
  const { mending, isOpen } = await settlePlans(tx, snapshot, materials, at);

  // What was written by mistake is put back before anything in the sheet is taken for people's.
  const isMending = mending.undo.length > 0;
  if (snapshot.header === null && !isMending) await fillEmptySheet(materials, deps.sample);
  const rows = isMending ? NO_ROWS : mergeRows(snapshot, materials, at);
  const { confirmed_at, adopted_at } = await readCatalogState(tx);
  if (snapshot.header !== null && !isMending) {
    noteVanished(materials, rows.identified, confirmed_at !== null, at);
    const isAdopted = rows.unidentified.length === 0;
    if (adopted_at === null && isAdopted) await reportCatalogState(tx, { adopted_at: at });
  }
  await store(tx, stored, materials);
  if (adopted_at !== null) await noteEdits(tx, stored, materials);

  const { changes, stuck } = isMending
    ? { changes: { ...NO_CHANGES, mending }, stuck: null }
    : deps.parking.admit(pendingChanges(snapshot, rows, materials, newMaterialId, at), Date.now());
  const plan = planBatch(uuidv7(), snapshot, { ...changes, isClosing: isOpen });
  if (plan !== null) await insertPlan(tx, plan);
  return { plan, stuck, isOpen, problems: rows.problems };
}

/** A new school's sheet gets the sample catalog; a sheet that held materials and is empty, nothing. */
async function fillEmptySheet(
  materials: Map<MaterialId, Merged>,
  sample: CycleDeps['sample'],
): Promise<void> {
  const lost = [...materials.values()].filter(({ base }) => base !== null).length;
  if (lost > 0) {
    throw new EmptiedSheetError(
      `The sheet is empty, but held ${lost} materials. Bring them back with File > Version history.`,
    );
  }
  if (materials.size > 0) return;
  for (const { metadata, ...texts } of await sample()) {
    const fields = { ...texts, aiSummary: '', aiStatus: '', aiSource: '' };
    const pending = Object.fromEntries(Object.keys(texts).map((field) => [field, 1]));
    materials.set(newMaterialId(), newMerged(fields, metadata, pending));
  }
}

/** Merges every row into its material; a row whose id is new becomes a material. */
function mergeRows(
  { header, rows: cells }: Snapshot,
  materials: Map<MaterialId, Merged>,
  at: string,
): MergedRows {
  if (header === null) return NO_ROWS;
  const { materials: found, problems, nextRow } = materialRows(cells, header);
  const rows = identify(found, materials);
  const headers = header.metadata.map(({ name }) => name);
  for (const [id, row] of rows.identified) {
    const known = materials.get(id);
    materials.set(id, known === undefined ? fromRow(row, headers) : merge(known, row, headers, at));
  }
  return { ...rows, nextRow, problems };
}

async function store(
  tx: Tx,
  before: ReadonlyMap<MaterialId, Merged>,
  after: ReadonlyMap<MaterialId, Merged>,
): Promise<void> {
  await insertMaterials(
    tx,
    [...after].filter(([id]) => !before.has(id)),
  );
  for (const [id, merged] of after) {
    const known = before.get(id);
    if (known === undefined || isDeepStrictEqual(known, merged)) continue;
    const isShown = isShownAnew(known, merged) ? 'ai_revision' : null;
    await saveMaterial(tx, id, merged, isEdited(known, merged) ? 'revision' : isShown);
  }
}

/**
 * Keeps what people changed in the sheet, and sees to what follows from it. Not called before
 * every row of a sheet that is new to the portal has its id: thousands of rows that a school has had
 * for years were not typed just now, and must not go to the model all at once.
 */
async function noteEdits(
  tx: Tx,
  before: ReadonlyMap<MaterialId, Merged>,
  after: ReadonlyMap<MaterialId, Merged>,
): Promise<void> {
  const changed = [...after].filter(([id, material]) => before.get(id) !== material);
  await recordHistory(
    tx,
    changed.flatMap(([id, material]) => changesOfPeople(id, before.get(id), material)),
  );
  await followTyped(
    tx,
    changed.map(([id, after]) => ({ id, before: before.get(id), after })),
  );
}

function newMaterialId(): MaterialId {
  return materialId.parse(uuidv7());
}
