import { sql, type Kysely, type Transaction } from 'kysely';
import { AI_FIELDS, byField, MERGED_FIELDS, textHash, type MergedField } from '../../core/index.ts';
import { insertMany } from '../db/insertMany.ts';
import type { Database } from '../db/schema.ts';
import { presentMaterial } from '../materials/present.ts';
import type { MaterialRecord } from '../materials/repository.ts';
import { isAiField } from '../materials/cells.ts';
import type { SavedMaterial } from './material.ts';

/** Every material that is in the catalog, in the order of its making; one statement, one moment. */
export async function catalogOf(db: Kysely<Database>): Promise<SavedMaterial[]> {
  const rows = await db
    .selectFrom('materials')
    .selectAll()
    .where('deletedAt', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(toSaved);
}

/** Every material, deleted ones too. */
export async function allRows(db: Kysely<Database>): Promise<MaterialRecord[]> {
  return db.selectFrom('materials').selectAll().orderBy('id').execute();
}

/** Until the transaction ends, other writers of materials wait; readers do not. */
export async function lockMaterials(trx: Transaction<Database>): Promise<void> {
  await sql`lock table materials in share row exclusive mode`.execute(trx);
}

/**
 * Says whether a material has a row in the sheet, or will get one. A missing material is about to be
 * deleted.
 */
export function isThere({ deletedAt, missingSince }: MaterialRecord): boolean {
  return deletedAt === null && missingSince === null;
}

/** Every text to the letter, also a `url` that the API does not show because it is no web address. */
export function toSaved(row: MaterialRecord): SavedMaterial {
  return {
    ...presentMaterial(row),
    url: row.url,
    archivedAt: row.archivedAt,
    conflicts: row.conflicts,
  };
}

/**
 * Inserts missing materials as if a person had just added them (materials/repository.ts). The sync has not
 * seen them in the sheet, and every filled field is pending.
 */
export async function insertSaved(
  trx: Transaction<Database>,
  materials: readonly SavedMaterial[],
): Promise<void> {
  const rows = materials.map((material) => ({
    id: material.id,
    ...byField(MERGED_FIELDS, (field) => material[field]),
    metadata: JSON.stringify(material.metadata),
    conflicts: JSON.stringify(material.conflicts),
    pending: JSON.stringify(pendingRow(material, 1, 1)),
    aiRevision: AI_FIELDS.some((field) => material[field] !== '') ? 1 : 0,
    textHash: textHash(material),
    createdAt: material.createdAt,
    updatedAt: material.updatedAt,
  }));
  await insertMany(trx, 'materials', rows);
}

/** Brings back what was deleted or is missing: a new row in the sheet, under the id that it had. */
export async function undelete(
  trx: Transaction<Database>,
  row: MaterialRecord,
  material: SavedMaterial,
): Promise<void> {
  await trx
    .updateTable('materials')
    .set({
      ...written(row, material, MERGED_FIELDS),
      pending: JSON.stringify(pendingRow(material, row.revision + 1, row.aiRevision + 1)),
      metadata: JSON.stringify(material.metadata),
      conflicts: JSON.stringify({ ...material.conflicts, ...row.conflicts }),
      base: null,
      missingSince: null,
      deletedAt: null,
    })
    .where('id', '=', row.id)
    .execute();
}

/** Writes these fields at the next revision, pending for the sheet. */
export async function overwrite(
  trx: Transaction<Database>,
  row: MaterialRecord,
  material: SavedMaterial,
  fields: readonly MergedField[],
): Promise<void> {
  const pending = pendingAt(fields, row.revision + 1, row.aiRevision + 1);
  await trx
    .updateTable('materials')
    .set({
      ...written(row, material, fields),
      pending: JSON.stringify({ ...row.pending, ...pending }),
    })
    .where('id', '=', row.id)
    .execute();
}

/**
 * The fields, and the values that follow from them: revisions, the hash of the text, the job with the shown
 * analysis.
 */
function written(row: MaterialRecord, material: SavedMaterial, fields: readonly MergedField[]) {
  const set: Partial<Record<MergedField, string>> = byField(fields, (field) => material[field]);
  const isEdit = fields.some((field) => !isAiField(field));
  const isAnalysis = fields.some(isAiField);
  return {
    ...set,
    ...(isEdit && {
      revision: row.revision + 1,
      textHash: textHash({ ...row, ...set }),
      updatedAt: sql<Date>`now()`,
    }),
    ...(isAnalysis && { aiRevision: row.aiRevision + 1, analysisJobId: null }),
  };
}

function pendingAt(
  fields: readonly MergedField[],
  revision: number,
  aiRevision: number,
): Record<string, number> {
  return Object.fromEntries(
    fields.map((field) => [field, isAiField(field) ? aiRevision : revision]),
  );
}

/** The pending fields of a material that gets a new row: its id, and every field that is filled. */
function pendingRow(
  material: SavedMaterial,
  revision: number,
  aiRevision: number,
): Record<string, number> {
  const filled = MERGED_FIELDS.filter((field) => material[field] !== '');
  return { ...pendingAt(filled, revision, aiRevision), id: revision };
}
