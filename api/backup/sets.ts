import { randomBytes } from 'node:crypto';
import { CSV_FILE, JSON_FILE, manifestSchema, MANIFEST_FILE, type Manifest } from './manifest.ts';
import type { BackupStore } from './store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const KEPT_MS = 30 * DAY_MS;

/** No backup takes so long (see DEADLINES): an older set without a manifest is abandoned. */
const UNFINISHED_KEPT_MS = DAY_MS;

const NAME = 'materi-backup-';
const SET_NAME = /^materi-backup-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-[0-9a-f]{8}$/;

/** A complete set of backup files: its manifest is there and can be read. */
export interface BackupSet {
  readonly name: string;
  readonly manifest: Manifest;
}

/** A new set's name: in the order of their names, sets are in the order of their time. */
export function newSetName(at: Date): string {
  return `${nameAt(at)}-${randomBytes(4).toString('hex')}`;
}

function nameAt(time: Date): string {
  return `${NAME}${time.toISOString().replace(/[:.]/g, '-')}`;
}

export function isSetName(name: string): boolean {
  return SET_NAME.test(name);
}

/** Gives the names of complete sets, oldest first, and apart from them the names of unfinished sets. */
export async function setNames(
  store: BackupStore,
): Promise<{ complete: string[]; unfinished: string[] }> {
  const files = Map.groupBy(await store.keys(NAME), (key) => key.slice(0, key.indexOf('/')));
  const names = [...files.keys()].filter(isSetName).sort();
  const isComplete = (name: string) => files.get(name)?.includes(`${name}/${MANIFEST_FILE}`);
  return {
    complete: names.filter((name) => isComplete(name)),
    unfinished: names.filter((name) => !isComplete(name)),
  };
}

/** The complete sets of one spreadsheet, oldest first. Manifests that cannot be read are no sets. */
export async function setsOf(store: BackupStore, spreadsheetId: string): Promise<BackupSet[]> {
  const sets: BackupSet[] = [];
  for (const name of (await setNames(store)).complete) {
    const found = parseManifest(await store.get(`${name}/${MANIFEST_FILE}`));
    if (found?.catalog.spreadsheetId === spreadsheetId) sets.push({ name, manifest: found });
  }
  return sets;
}

/**
 * Deletes this spreadsheet's complete sets of more than 30 days ago, and of those our own three files.
 * The manifest goes first: cut off half-way, a set no longer looks complete.
 *
 * @returns the names of the deleted sets
 */
export async function deleteOld(
  store: BackupStore,
  sets: readonly BackupSet[],
  now: Date,
): Promise<string[]> {
  const old = sets.filter(
    ({ manifest: { madeAt } }) => Date.parse(madeAt) < now.getTime() - KEPT_MS,
  );
  for (const { name } of old) await deleteSet(store, name);
  return old.map(({ name }) => name);
}

/** Deletes the files of a set, finished (`catalog.csv`) and unfinished (`catalog.csv.part`). */
export async function deleteSet(store: BackupStore, name: string): Promise<void> {
  for (const file of [MANIFEST_FILE, JSON_FILE, CSV_FILE]) {
    await store.remove(`${name}/${file}`);
    await store.remove(`${name}/${file}.part`);
  }
}

/**
 * Deletes files of sets without a manifest that are more than a day old, of any catalog. Their backups were
 * cut off. Another instance may still write a younger set.
 *
 * @returns the names of what was deleted
 */
export async function deleteUnfinished(store: BackupStore, now: Date): Promise<string[]> {
  const { unfinished } = await setNames(store);
  const over = nameAt(new Date(now.getTime() - UNFINISHED_KEPT_MS));
  const old = unfinished.filter((name) => name < over);
  for (const name of old) await deleteSet(store, name);
  return old;
}

function parseManifest(body: Buffer | null): Manifest | null {
  try {
    return manifestSchema.parse(JSON.parse(body?.toString() ?? ''));
  } catch {
    return null;
  }
}
