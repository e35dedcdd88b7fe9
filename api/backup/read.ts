import { z } from 'zod/v4';
import { fromCsv, toCsv } from './csv.ts';
import { locationText, parentOf, type BackupLocation } from '../config/backupLocation.ts';
import {
  CSV_FILE,
  describeFile,
  JSON_FILE,
  manifestSchema,
  MANIFEST_FILE,
  type Manifest,
} from './manifest.ts';
import { fromJson, type SavedMaterial } from './material.ts';
import { openStore } from './openStore.ts';
import { isSetName, setNames } from './sets.ts';
import type { BackupStore, StoreOptions } from './store.ts';

/** A backup that is torn, altered or not one at all: nothing of it is restored. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

export interface ReadBackup {
  /** Where the set is, as people write it. */
  readonly where: string;
  readonly manifest: Manifest;
  readonly materials: readonly SavedMaterial[];
}

/**
 * Reads one set, all of it checked before any of it is given.
 *
 * @param location a set, or where sets are: then the newest complete one
 * @throws BackupError that says what is wrong with it
 */
export async function readBackup(
  location: BackupLocation,
  options: StoreOptions,
): Promise<ReadBackup> {
  const { parent, name } = parentOf(location);
  if (isSetName(name)) return readSet(await openStore(parent, options), name);
  const store = await openStore(location, options);
  // A set that somebody copied elsewhere and called something else.
  if ((await store.get(MANIFEST_FILE)) !== null) return readSet(store, '');
  const { complete, unfinished } = await setNames(store);
  const newest = complete.at(-1);
  if (newest !== undefined) return readSet(store, newest);
  throw new BackupError(
    `${locationText(location)} holds no complete backup` +
      (unfinished.length === 0
        ? '. Name the folder that BACKUP_URL names, or a set in it.'
        : `: ${unfinished.join(', ')} ${unfinished.length === 1 ? 'has' : 'have'} no ${MANIFEST_FILE}.`),
  );
}

async function readSet(store: BackupStore, name: string): Promise<ReadBackup> {
  const where = [store.where, name].filter((part) => part !== '').join('/');
  const get = async (file: string): Promise<Buffer> => {
    const body = await store.get(name === '' ? file : `${name}/${file}`);
    if (body !== null) return body;
    throw new BackupError(
      file === MANIFEST_FILE
        ? `${where} has no ${file}: this backup was never finished. Take another one.`
        : `${where} has lost ${file}. Take another backup.`,
    );
  };
  const found = parsed(
    where,
    MANIFEST_FILE,
    (text) => manifestSchema.parse(JSON.parse(text)),
    await get(MANIFEST_FILE),
  );
  const bodies = { [CSV_FILE]: await get(CSV_FILE), [JSON_FILE]: await get(JSON_FILE) };
  for (const file of [CSV_FILE, JSON_FILE] as const) {
    const is = describeFile(bodies[file]);
    const was = found.files[file];
    if (is.sha256 === was.sha256) continue;
    throw new BackupError(
      `${where}/${file} is not what was backed up: it has ${is.bytes} bytes with SHA-256 ${is.sha256}, ` +
        `the manifest says ${was.bytes} bytes with ${was.sha256}. Take another backup.`,
    );
  }
  const materials = parsed(where, JSON_FILE, fromJson, bodies[JSON_FILE]);
  checkRows(where, found, materials, bodies[CSV_FILE].toString());
  return { where, manifest: found, materials };
}

/**
 * The hashes show that nobody changed the files. This check shows that both files hold the same materials.
 */
function checkRows(
  where: string,
  { rows, columns }: Manifest,
  materials: readonly SavedMaterial[],
  csv: string,
): void {
  const cells = fromCsv(csv);
  const ids = new Set(materials.map(({ id }) => id));
  const counts = [materials.length, ids.size, cells.length - 1];
  const isSame =
    counts.every((count) => count === rows) &&
    JSON.stringify(cells[0]) === JSON.stringify(columns) &&
    toCsv(materials) === csv;
  if (isSame) return;
  throw new BackupError(
    `${where} contradicts itself: the manifest says ${rows} materials, ${JSON_FILE} has ${counts[0]} ` +
      `(${counts[1]} ids), ${CSV_FILE} has ${counts[2]}, or their texts differ. Take another backup.`,
  );
}

function parsed<T>(where: string, file: string, parse: (text: string) => T, body: Buffer): T {
  try {
    return parse(body.toString());
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new BackupError(
      `${where}/${file} is not of the form that this version of the portal reads: ${reason}`,
      { cause: error },
    );
  }
}
