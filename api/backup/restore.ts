import { MERGED_FIELDS, type MergedField } from '../../core/index.ts';
import type { Kysely, Transaction } from 'kysely';
import { writeAudit } from '../audit/repository.ts';
import type { Database } from '../db/schema.ts';
import { recordHistory, type HistoryEntry } from '../history/index.ts';
import { openRestored } from '../jobs/openRestored.ts';
import type { MaterialRecord } from '../materials/repository.ts';
import { awaitingAnalysis, compare, type Comparison } from './compare.ts';
import type { SavedMaterial } from './material.ts';
import {
  allRows,
  insertSaved,
  isThere,
  lockMaterials,
  overwrite,
  toSaved,
  undelete,
} from './repository.ts';

/** Reports the changes that a restore would make now. It writes nothing. */
export async function previewRestore(
  db: Kysely<Database>,
  backup: readonly SavedMaterial[],
): Promise<Comparison> {
  return compare(backup, byId((await allRows(db)).filter(isThere).map(toSaved)));
}

/**
 * Puts a backup back as pending changes of the portal. The sync carries them to the sheet like any other
 * change. Nothing is deleted, ids stay, what was overwritten is in the history, and a second time changes
 * nothing. Analyses that are done come with the backup; unfinished ones are opened again. It is one
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
    await lockMaterials(trx);
    const rows = await allRows(trx);
    const comparison = compare(backup, byId(rows.filter(isThere).map(toSaved)));
    await write(trx, comparison, byId(rows));
    await openRestored(trx, awaitingAnalysis(comparison));
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
  rows: ReadonlyMap<string, MaterialRecord>,
): Promise<void> {
  await insertSaved(
    trx,
    added.filter(({ id }) => !rows.has(id)),
  );
  const entries: HistoryEntry[] = [];
  for (const saved of added) {
    const row = rows.get(saved.id);
    if (row === undefined) entries.push(...newCells(saved));
    else {
      await undelete(trx, row, saved);
      entries.push(...changedCells(saved, row, MERGED_FIELDS));
    }
  }
  for (const { saved, fields } of changed) {
    const row = rows.get(saved.id);
    if (row === undefined) continue;
    await overwrite(trx, row, saved, fields);
    entries.push(...changedCells(saved, row, fields));
  }
  await recordHistory(trx, entries);
}

function changedCells(
  saved: SavedMaterial,
  row: MaterialRecord,
  fields: readonly MergedField[],
): HistoryEntry[] {
  const now = toSaved(row);
  return fields
    .filter((field) => now[field] !== saved[field])
    .map((field) => ({
      materialId: saved.id,
      actor: 'portal',
      field,
      before: now[field],
      after: saved[field],
      revision: row.revision + 1,
    }));
}

function newCells(saved: SavedMaterial): HistoryEntry[] {
  const filled = MERGED_FIELDS.filter((field) => saved[field] !== '');
  const cells = [
    ...filled.map((field) => [field, saved[field]] as const),
    ...Object.entries(saved.metadata).map(([name, value]) => [`metadata.${name}`, value] as const),
  ];
  return cells.map(([field, after]) => {
    return { materialId: saved.id, actor: 'portal', field, before: null, after, revision: 1 };
  });
}

function byId<Id extends string, T extends { readonly id: Id }>(items: readonly T[]): Map<Id, T> {
  return new Map(items.map((item) => [item.id, item]));
}
