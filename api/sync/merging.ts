import { isDeepStrictEqual } from 'node:util';
import type { MaterialId, NewMaterial, Snapshot } from '../../core/index.ts';
import { readCatalogState, reportCatalogState } from '../catalog/index.ts';
import type { CatalogProblem } from '../db/schema.ts';
import { recordHistory } from '../history/index.ts';
import { changesOfPeople } from './changesOfPeople.ts';
import { isMerged, knownOf, type Known } from './known.ts';
import { withAll } from './maps.ts';
import { matchRows, type Identities } from './matchRows.ts';
import { fromRow, isEdited, isShownAnew, merge, newMerged, type Merged } from './merge.ts';
import { newMaterialId } from './newId.ts';
import { loadByIds, saveMaterials, type Saved, type Tx } from './repository.ts';
import { hasUnusable, readRows, unusableRow, type RowsRead } from './rows.ts';
import { followTyped } from './typed.ts';
import { goneFrom, requireFew, withoutRow } from './vanish.ts';

/** The materials that a cycle has loaded: as PostgreSQL has them, and as they are to be. */
export interface Working {
  readonly stored: ReadonlyMap<MaterialId, Merged>;
  readonly now: ReadonlyMap<MaterialId, Merged>;
}

/** A row or material that could not be used, for the log. */
export interface Fault {
  readonly materialId: MaterialId;
  readonly error: unknown;
}

export interface MergedSheet {
  readonly rows: RowsRead;
  readonly identities: Identities;
  /** The loaded materials after the merge. Materials that could not be stored are left out. */
  readonly materials: ReadonlyMap<MaterialId, Merged>;
  readonly known: ReadonlyMap<MaterialId, Known>;
  readonly problems: readonly CatalogProblem[];
  readonly faults: readonly Fault[];
}

/**
 * The sheet had materials and is empty now. The sync writes nothing until people restore an earlier
 * version.
 */
export class EmptiedSheetError extends Error {
  override readonly name = 'EmptiedSheetError';
}

const NO_ROWS: Identities = {
  identified: new Map(),
  unidentified: [],
  relabelled: new Map(),
  held: new Set(),
};

/**
 * Merges the sheet into the read model. It loads only materials with a changed row, with changes that wait
 * for the sheet, or without a row.
 *
 * @param before the rows that the previous cycle read; null: read every row (new leader, or after a
 * rollback)
 * @param begun materials that are loaded already
 * @throws VanishedError, EmptiedSheetError
 */
export async function mergeSheet(
  tx: Tx,
  snapshot: Snapshot,
  {
    before,
    known: remembered,
    begun,
    at,
    sample,
  }: {
    before: RowsRead | null;
    known: ReadonlyMap<MaterialId, Known>;
    begun: Working;
    at: string;
    sample: () => Promise<readonly NewMaterial[]>;
  },
): Promise<MergedSheet> {
  const rows = readRows(snapshot, before);
  let known = refreshed(remembered, begun.stored);
  let working = begun;
  const load = async (ids: Iterable<MaterialId>) => {
    const missing = [...ids].filter((id) => !working.stored.has(id));
    const loaded = await loadByIds(tx, missing);
    known = refreshed(known, loaded);
    working = {
      stored: inOrder([...working.stored, ...loaded]),
      now: inOrder([...working.now, ...loaded]),
    };
  };
  if (snapshot.header === null) {
    const filled = await fillEmptySheet(known, working.now, sample);
    const stored = await store(tx, { ...working, now: filled }, known, new Map());
    return { rows, identities: NO_ROWS, problems: [], ...stored };
  }

  const changed = changedIds(rows, known);
  await load(changed);
  const mayHaveLostId = rows.others.some(({ id }) => id === null) || rows.withBadId.length > 0;
  if (mayHaveLostId) await load(goneFrom(known, rows.first));
  const identities = matchRows(rows, working.now);
  const headers = snapshot.header.metadata.map(({ name }) => name);
  const touched = new Set([...changed, ...working.now.keys()]);
  const merged = mergeRows(touched, identities.identified, working.now, headers, at);
  working = { ...working, now: inOrder([...working.now, ...merged.materials]) };

  const { confirmedAt, adoptedAt } = await readCatalogState(tx);
  // An unreadable row may belong to any material, so this cycle marks no material as missing.
  if (!hasUnusable(rows)) {
    const { identified, held } = identities;
    // A new row may have vanished again before it was read: its plan was settled just now.
    const settled = refreshed(known, working.now);
    const gone = goneFrom(settled, identified).filter((id) => !held.has(id));
    if (confirmedAt === null) requireFew(gone, known);
    await load(gone);
    const noted = gone.flatMap((id) => {
      const material = working.now.get(id);
      return material === undefined ? [] : [[id, withoutRow(material, at)] as const];
    });
    working = { ...working, now: inOrder([...working.now, ...noted]) };
  }
  if (adoptedAt === null && identities.unidentified.length === 0) {
    await reportCatalogState(tx, { adoptedAt: at });
  }

  const digests = new Map(
    [...merged.materials.keys()].map((id) => [id, identities.identified.get(id)?.digest ?? null]),
  );
  const stored = await store(tx, working, known, digests);
  if (adoptedAt !== null) await noteEdits(tx, working.stored, stored.materials);
  const faults = [...merged.faults, ...stored.faults];
  return {
    rows,
    identities,
    materials: stored.materials,
    known: stored.known,
    problems: [...rows.problems, ...unusableRows(faults, identities.identified)],
    faults,
  };
}

/** Stores what the settling of plans has changed, while the sheet itself must not be merged yet. */
export async function storeSettled(
  tx: Tx,
  working: Working,
  known: ReadonlyMap<MaterialId, Known>,
): Promise<Pick<MergedSheet, 'materials' | 'known' | 'faults'>> {
  const stored = await store(tx, working, refreshed(known, working.stored), new Map());
  const { adoptedAt } = await readCatalogState(tx);
  if (adoptedAt !== null) await noteEdits(tx, working.stored, stored.materials);
  return stored;
}

function inOrder(materials: ReadonlyArray<readonly [MaterialId, Merged]>): Map<MaterialId, Merged> {
  const latest = new Map(materials);
  return new Map([...latest].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The API may have changed a material since: what was loaded counts. */
function refreshed(
  known: ReadonlyMap<MaterialId, Known>,
  loaded: ReadonlyMap<MaterialId, Merged>,
): ReadonlyMap<MaterialId, Known> {
  const changes = new Map<MaterialId, Known>();
  for (const [id, merged] of loaded) {
    const before = known.get(id);
    const after = knownOf(merged, before?.digest ?? null);
    if (before?.state !== after.state) changes.set(id, after);
  }
  return withAll(known, changes);
}

/** Returns the ids of rows that changed since the last merge, and the ids that several rows share. */
function changedIds(
  { first, others }: RowsRead,
  known: ReadonlyMap<MaterialId, Known>,
): Set<MaterialId> {
  const changed = new Set(others.flatMap(({ id }) => (id === null ? [] : [id])));
  for (const [id, { digest }] of first) {
    if (!isMerged(known.get(id), digest)) changed.add(id);
  }
  return changed;
}

/**
 * Fills a new school's sheet with the sample catalog. Throws if a sheet that held materials is empty
 * now.
 */
async function fillEmptySheet(
  known: ReadonlyMap<MaterialId, Known>,
  materials: ReadonlyMap<MaterialId, Merged>,
  sample: () => Promise<readonly NewMaterial[]>,
): Promise<ReadonlyMap<MaterialId, Merged>> {
  const lost = [...known.values()].filter(({ state }) => state !== 'new').length;
  if (lost > 0) {
    throw new EmptiedSheetError(
      `The sheet is empty, but held ${lost} materials. Bring them back with File > Version history.`,
    );
  }
  if (known.size > 0) return materials;
  const added = (await sample()).map(({ metadata, ...texts }) => {
    const fields = { ...texts, aiSummary: '', aiStatus: '', aiSource: '', archivedAt: '' };
    const pending = Object.fromEntries(Object.keys(texts).map((field) => [field, 1]));
    return [newMaterialId(), newMerged(fields, metadata, pending)] as const;
  });
  return inOrder([...materials, ...added]);
}

/** Merges rows into their materials. A row with a new id becomes a material. */
function mergeRows(
  touched: Iterable<MaterialId>,
  identified: Identities['identified'],
  materials: ReadonlyMap<MaterialId, Merged>,
  headers: readonly string[],
  at: string,
): { materials: Map<MaterialId, Merged>; faults: Fault[] } {
  const merged = new Map<MaterialId, Merged>();
  const faults: Fault[] = [];
  for (const id of touched) {
    const row = identified.get(id);
    if (row === undefined) continue;
    const material = materials.get(id);
    try {
      const after =
        material === undefined ? fromRow(row, headers) : merge(material, row, headers, at);
      merged.set(id, after);
    } catch (error) {
      faults.push({ materialId: id, error });
    }
  }
  return { materials: merged, faults };
}

/** @param digests of the rows that were merged */
async function store(
  tx: Tx,
  { stored, now }: Working,
  known: ReadonlyMap<MaterialId, Known>,
  digests: ReadonlyMap<MaterialId, string | null>,
): Promise<Pick<MergedSheet, 'materials' | 'known' | 'faults'>> {
  const saved: Saved[] = [];
  const changes = new Map<MaterialId, Known>();
  for (const [id, merged] of now) {
    const before = stored.get(id);
    const isSame = before !== undefined && isDeepStrictEqual(before, merged);
    const digest = digests.get(id) ?? (isSame ? (known.get(id)?.digest ?? null) : null);
    changes.set(id, knownOf(merged, digest));
    if (isSame && digest === known.get(id)?.digest) continue;
    if (isSame && digest === null) continue;
    saved.push({
      id,
      merged,
      digest,
      isNew: before === undefined,
      counted: countedBy(before, merged),
    });
  }
  const refused = await saveMaterials(tx, saved);
  const left = new Map(now);
  for (const { id } of refused) {
    left.delete(id);
    const before = known.get(id);
    if (before === undefined) changes.delete(id);
    else changes.set(id, { ...before, digest: null });
  }
  return {
    materials: left,
    known: withAll(known, changes),
    faults: refused.map(({ id, error }) => ({ materialId: id, error })),
  };
}

function countedBy(before: Merged | undefined, after: Merged): Saved['counted'] {
  if (before === undefined) return null;
  if (isEdited(before, after)) return 'revision';
  return isShownAnew(before, after) ? 'aiRevision' : null;
}

function unusableRows(
  faults: readonly Fault[],
  identified: Identities['identified'],
): CatalogProblem[] {
  return faults.flatMap(({ materialId }) => {
    const row = identified.get(materialId)?.row;
    return row === undefined ? [] : [unusableRow(row)];
  });
}

/**
 * Records people's changes in the sheet in the history, opens analyses, and queues events. It is not called
 * for a new sheet before every row has its id. People did not type these thousands of rows just now, and
 * Gemini must not get all of them at once.
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
