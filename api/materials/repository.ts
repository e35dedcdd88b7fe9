import { type Kysely, type Selectable, type Transaction } from 'kysely';
import {
  type AI_FIELDS,
  EDITABLE_FIELDS,
  own,
  type REVISED_FIELDS,
  textHash,
  type NewMaterial,
} from '../../core/index.ts';
import type { JobId, MaterialId, UserId } from '../db/ids.ts';
import type { Database, MaterialsTable } from '../db/schema.ts';
import { now } from '../db/time.ts';

export type MaterialRecord = Selectable<MaterialsTable>;

export type EditableField = (typeof EDITABLE_FIELDS)[number];
export type RevisedField = (typeof REVISED_FIELDS)[number];
export type AiField = (typeof AI_FIELDS)[number];

/** A material, deleted ones too. */
export async function readMaterial(
  db: Kysely<Database>,
  id: MaterialId,
): Promise<MaterialRecord | undefined> {
  return db.selectFrom('materials').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Whether there is, or was, a material of that id. */
export async function hasMaterial(db: Kysely<Database>, id: MaterialId): Promise<boolean> {
  const row = await db.selectFrom('materials').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** A material of the catalog; undefined for a deleted one. */
export async function findMaterial(
  db: Kysely<Database>,
  id: MaterialId,
): Promise<MaterialRecord | undefined> {
  return db
    .selectFrom('materials')
    .selectAll()
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
}

/**
 * A new material at revision 1. It is pending until sync has seen it in the sheet; metadata and UPDATED_AT go
 * there with the row.
 */
export function newRecord(
  id: MaterialId,
  material: NewMaterial,
  createdBy: UserId | null,
  at: Date,
): MaterialRecord {
  return {
    id,
    ...material,
    aiSummary: '',
    aiStatus: '',
    aiSource: '',
    archivedAt: '',
    base: null,
    pending: pendingOf(material),
    conflicts: {},
    analysisJobId: null,
    revision: 1,
    aiRevision: 0,
    textHash: textHash(material),
    createdBy,
    missingSince: null,
    deletedAt: null,
    rowDigest: null,
    createdAt: at,
    updatedAt: at,
  };
}

/** The pending fields of a material that was never in the sheet: its id, and every field that is filled. */
function pendingOf(material: NewMaterial): Record<string, number> {
  const filled = EDITABLE_FIELDS.filter((field) => material[field] !== '');
  return Object.fromEntries([...filled, 'id'].map((field) => [field, 1]));
}

/**
 * Locks a material for as long as the transaction lasts. A transaction that changes a material and one of
 * its jobs locks the material first. So two such transactions never wait for each other.
 */
export async function lockMaterial(
  trx: Transaction<Database>,
  id: MaterialId,
): Promise<MaterialRecord | undefined> {
  return trx
    .selectFrom('materials')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** A change by a person. Parts that are left out stay as they are. */
export interface MaterialChange {
  readonly fields: Readonly<Partial<Record<RevisedField, string>>>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly conflicts?: Readonly<Record<string, unknown>>;
  /** A further column that is written to the sheet again, also if its text is the same. */
  readonly rewritten?: string | undefined;
}

/** The columns that a person's change writes. */
type Changed = Partial<Record<EditableField, string>> &
  Pick<MaterialRecord, 'metadata' | 'conflicts' | 'pending' | 'revision' | 'textHash'>;

/** The columns after a person's change, at the next revision. Each changed field is pending for the sheet. */
export function afterChange(
  before: MaterialRecord,
  { fields, metadata = before.metadata, conflicts = before.conflicts, rewritten }: MaterialChange,
): Changed {
  const revision = before.revision + 1;
  const names = new Set([...Object.keys(before.metadata), ...Object.keys(metadata)]);
  const changed = [...names].filter(
    (name) => own(before.metadata, name) !== own(metadata, name) || name === rewritten,
  );
  const keys = [...Object.keys(fields), ...changed.map((name) => `metadata.${name}`)];
  const pending = Object.fromEntries(keys.map((key) => [key, revision]));
  return {
    ...fields,
    metadata,
    conflicts,
    pending: { ...before.pending, ...pending },
    revision,
    textHash: textHash({ ...before, ...fields }),
  };
}

/**
 * Writes a person's change at the next revision.
 *
 * @param before the material, locked
 */
export async function updateMaterial(
  trx: Transaction<Database>,
  before: MaterialRecord,
  change: MaterialChange,
): Promise<MaterialRecord> {
  const { metadata, conflicts, pending, ...columns } = afterChange(before, change);
  return trx
    .updateTable('materials')
    .set({
      ...columns,
      metadata: JSON.stringify(metadata),
      conflicts: JSON.stringify(conflicts),
      pending: JSON.stringify(pending),
      updatedAt: now,
    })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A change that the portal makes itself. Parts that are left out stay as they are. */
export interface OwnChange {
  readonly fields: Readonly<Partial<Record<AiField, string>>>;
  readonly analysisJobId?: JobId | undefined;
  readonly conflicts?: Readonly<Record<string, unknown>>;
}

/**
 * Writes the portal's own columns, pending for the sheet. `revision` and `updated_at` stay as they are:
 * they count people's edits. `ai_revision` goes up, because the material's ETag must change.
 *
 * @param before the material, locked
 */
export async function updateOwn(
  trx: Transaction<Database>,
  before: MaterialRecord,
  { fields, analysisJobId, conflicts = before.conflicts }: OwnChange,
): Promise<MaterialRecord> {
  const revision = before.aiRevision + 1;
  const pending = Object.fromEntries(Object.keys(fields).map((field) => [field, revision]));
  return trx
    .updateTable('materials')
    .set({
      ...fields,
      analysisJobId: analysisJobId ?? before.analysisJobId,
      conflicts: JSON.stringify(conflicts),
      pending: JSON.stringify({ ...before.pending, ...pending }),
      aiRevision: revision,
    })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
