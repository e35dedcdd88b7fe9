import type { Kysely, Transaction } from 'kysely';
import { writeAudit } from '../audit/repository.ts';
import type { Database } from '../db/schema.ts';
import { recordHistory, type HistoryEntry } from '../history/index.ts';
import { MERGED_FIELDS } from '../sync/merge.ts';
import { compare, type Comparison } from './compare.ts';
import type { SavedMaterial } from './material.ts';
import {
  catalogOf,
  insertSaved,
  lockAll,
  overwrite,
  toSaved,
  undelete,
  type MaterialRow,
} from './repository.ts';

/** What a restore would do now; nothing is written. */
export async function previewRestore(
  db: Kysely<Database>,
  backup: readonly SavedMaterial[],
): Promise<Comparison> {
  return compare(backup, byId(await catalogOf(db)));
}

/**
 * Puts a backup back as changes of the portal's own: pending, so that sync carries them to the sheet
 * under its own rules. Nothing is deleted, ids stay, what was overwritten is in the history, and a
 * second time changes nothing. No analyses are opened: those of the backup come with it. It is one
 * transaction: all of it or nothing.
 *
 * @param from where the backup is, for the audit log
 */
export async function restore(
  db: Kysely<Database>,
  backup: readonly SavedMaterial[],
  from: string,
): Promise<Comparison> {
  return db.transaction().execute(async (trx) => {
    const rows = await lockAll(trx);
    const there = rows.filter((row) => row.deleted_at === null).map(toSaved);
    const comparison = compare(backup, byId(there));
    await write(trx, comparison, byId(rows));
    const [added, changed] = [comparison.added.length, comparison.changed.length];
    if (added + changed > 0) {
      await writeAudit(trx, 'portal', 'catalog.restored', 'catalog', { from, added, changed });
    }
    return comparison;
  });
}

async function write(
  trx: Transaction<Database>,
  { added, changed }: Comparison,
  rows: ReadonlyMap<string, MaterialRow>,
): Promise<void> {
  await insertSaved(
    trx,
    added.filter(({ id }) => !rows.has(id)),
  );
  const entries: HistoryEntry[] = [];
  for (const saved of added) {
    const row = rows.get(saved.id);
    if (row !== undefined) await undelete(trx, row, saved);
    entries.push(...newCells(saved, row === undefined ? 1 : row.revision + 1));
  }
  for (const { saved, now, fields } of changed) {
    const row = rows.get(saved.id);
    if (row === undefined) continue;
    await overwrite(trx, row, saved, fields);
    const revision = row.revision + 1;
    for (const field of fields) {
      const cell = { field, before: now[field], after: saved[field] };
      entries.push({ ...cell, materialId: saved.id, actor: 'portal', revision });
    }
  }
  await recordHistory(trx, entries);
}

function newCells(saved: SavedMaterial, revision: number): HistoryEntry[] {
  const filled = MERGED_FIELDS.filter((field) => saved[field] !== '');
  const cells = [
    ...filled.map((field) => [field, saved[field]] as const),
    ...Object.entries(saved.metadata).map(([name, value]) => [`metadata.${name}`, value] as const),
  ];
  return cells.map(([field, after]) => {
    return { materialId: saved.id, actor: 'portal', field, before: null, after, revision };
  });
}

function byId<Id extends string, T extends { readonly id: Id }>(items: readonly T[]): Map<Id, T> {
  return new Map(items.map((item) => [item.id, item]));
}
