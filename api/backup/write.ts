import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { csvColumns, toCsv } from './csv.ts';
import { CSV_FILE, describeFile, JSON_FILE, MANIFEST_FILE, type Manifest } from './manifest.ts';
import { toJson } from './material.ts';
import { catalogOf } from './repository.ts';
import { StoreTooSlow } from './deadlines.ts';
import { deleteSet, newSetName, type BackupSet } from './sets.ts';
import type { BackupStore } from './store.ts';

/**
 * Writes the whole catalog as a new set. The manifest is written last, after each file was read back. So a
 * crash at any point leaves no set that looks complete.
 *
 * @throws what the store or PostgreSQL said; also if a file does not read back as it was written
 */
export async function writeBackup(
  db: Kysely<Database>,
  store: BackupStore,
  catalog: Manifest['catalog'],
  now: Date,
): Promise<BackupSet> {
  const materials = await catalogOf(db);
  const csv = Buffer.from(toCsv(materials));
  const json = Buffer.from(toJson(materials));
  const manifest: Manifest = {
    kind: 'digital-materi-backup',
    version: 1,
    madeAt: now.toISOString(),
    catalog,
    rows: materials.length,
    columns: csvColumns(materials),
    files: { [CSV_FILE]: describeFile(csv), [JSON_FILE]: describeFile(json) },
  };
  const name = newSetName(now);
  try {
    await putAndReadBack(store, `${name}/${CSV_FILE}`, csv);
    await putAndReadBack(store, `${name}/${JSON_FILE}`, json);
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await store.put(`${name}/${MANIFEST_FILE}`, Buffer.from(text));
  } catch (error) {
    // A full disk has no room for what the failed tries leave. A store that hangs would hang here too.
    if (!(error instanceof StoreTooSlow)) await deleteSet(store, name).catch(() => undefined);
    throw error;
  }
  return { name, manifest };
}

async function putAndReadBack(store: BackupStore, key: string, body: Buffer): Promise<void> {
  await store.put(key, body);
  const found = await store.get(key);
  if (found?.equals(body) === true) return;
  throw new Error(
    `${store.where}: ${key} does not read back as it was written ` +
      `(${found?.length ?? 'no'} bytes instead of ${body.length}). The set was left without a manifest.`,
  );
}
