import { v7 as uuidv7 } from 'uuid';
import {
  byField,
  EDITABLE_FIELDS,
  newMaterialSchema,
  type NewMaterial,
} from '../../../core/index.ts';
import type { Actor } from '../../auth/actor.ts';
import { materialIdSchema, type MaterialId, type UserId } from '../../db/ids.ts';
import { PortalError } from '../../errors.ts';
import type { HistoryEntry } from '../../history/index.ts';
import { validate } from '../../validate.ts';
import { differenceOf, firstCells, readEdit } from '../edit.ts';
import { requireRoom } from '../../jobs/room.ts';
import { requireMayArchive } from '../archive.ts';
import { inCatalog } from '../inCatalog.ts';
import { afterChange, newRecord, type MaterialRecord } from '../repository.ts';
import { requireCurrent } from '../requireCurrent.ts';
import type { Item, Match } from './item.ts';
import { Known } from './known.ts';
import type { BatchBody } from './schemas.ts';

/** What an item does. A failed one does nothing. */
export type Outcome =
  | {
      readonly status: 'created' | 'updated' | 'archived' | 'restored' | 'unchanged';
      /** The material after the item. */
      readonly row: MaterialRecord;
      readonly cells: readonly HistoryEntry[];
    }
  /** Another item failed, and the batch writes all items or none. Or the material does not exist. */
  | { readonly status: 'skipped' }
  | { readonly status: 'failed'; readonly error: PortalError };

export interface Plan {
  /** One outcome for each item, in their order. */
  readonly outcomes: readonly Outcome[];
  /** The materials that the batch creates, in their state after the last item. */
  readonly created: readonly MaterialRecord[];
  /** The materials that the batch changes: their state before the batch, and after the last item. */
  readonly updated: ReadonlyArray<{
    readonly before: MaterialRecord;
    readonly row: MaterialRecord;
  }>;
}

/** The actor of the batch, and the time of its transaction. */
export interface Writer {
  readonly actor: Actor;
  readonly name: string;
  readonly userId: UserId | null;
  readonly at: Date;
  /** How many jobs the actor may still open: each new material opens one. */
  readonly room: number;
}

/**
 * Decides what each item does, in their order, and writes nothing. An item sees the changes of the items
 * before it.
 *
 * @param options as in the body of the batch
 * @param items an error in place of an item that could not be read
 * @param rows the materials that the items may mean, locked
 * @param matched up to two ids for each match
 */
export function planBatch(
  items: ReadonlyArray<Item | PortalError>,
  rows: readonly MaterialRecord[],
  matched: ReadonlyMap<Match, readonly MaterialId[]>,
  writer: Writer,
  { allOrNothing, skipMissing }: Pick<BatchBody, 'allOrNothing' | 'skipMissing'>,
): Plan {
  const before = new Map(rows.map((row) => [row.id, row]));
  const known = new Known(rows, matched);
  let { room } = writer;
  const outcomes = items.map((item): Outcome => {
    try {
      if (item instanceof PortalError) throw item;
      const outcome = apply(item, known.find(item), writer);
      if (outcome.status === 'created') {
        requireRoom(room);
        room -= 1;
      }
      if (outcome.status !== 'unchanged') known.write(outcome.row);
      return outcome;
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      const isMissing = error.code === 'not_found' || error.code === 'gone';
      return isMissing && skipMissing ? SKIPPED : { status: 'failed', error };
    }
  });
  if (allOrNothing && outcomes.some(({ status }) => status === 'failed')) {
    const left = outcomes.map((one): Outcome => (one.status === 'failed' ? one : SKIPPED));
    return { outcomes: left, created: [], updated: [] };
  }
  const written = known.all().filter((row) => row !== before.get(row.id));
  return {
    outcomes,
    created: written.filter(({ id }) => !before.has(id)),
    updated: written.flatMap((row) => {
      const old = before.get(row.id);
      return old === undefined ? [] : [{ before: old, row }];
    }),
  };
}

const SKIPPED: Outcome = { status: 'skipped' };

/** @throws PortalError `not_found`, `gone`, `forbidden`, `stale`, `invalid` */
function apply(item: Item, found: MaterialRecord | undefined, writer: Writer) {
  const { at, operation, id, ifMatch, material } = item;
  const creates = operation === 'create' || operation === 'createOrUpdate';
  // An item with an ETag means a material that the client has read: the batch does not create it anew.
  const isNew = found === undefined && creates && ifMatch === undefined;
  if (isNew) return create(id, validate(newMaterialSchema, material, `${at}.material`), writer);
  if (found === undefined) {
    const meant = id === undefined ? 'that matches this item' : id;
    throw new PortalError('not_found', `There is no material ${meant}.`);
  }
  const row = inCatalog(found.id, found);
  const archives = operation === 'archive' || operation === 'restore';
  if (archives) requireMayArchive(writer.actor, row);
  if (ifMatch !== undefined) requireCurrent(row, [ifMatch]);
  if (archives) return archive(row, operation, writer);
  return update(row, material, `${at}.material`, writer);
}

function create(id: MaterialId | undefined, material: NewMaterial, { name, userId, at }: Writer) {
  const row = newRecord(id ?? materialIdSchema.parse(uuidv7()), material, userId, at);
  return { status: 'created' as const, row, cells: firstCells(row, name) };
}

/** Changes the fields that are sent, and the names of metadata that are sent; the others stay. */
function update(before: MaterialRecord, sent: Item['material'], at: string, writer: Writer) {
  const whole = {
    ...byField(EDITABLE_FIELDS, (field) => before[field]),
    ...sent,
    metadata: isObject(sent['metadata'])
      ? { ...before.metadata, ...sent['metadata'] }
      : (sent['metadata'] ?? before.metadata),
  };
  const edit = readEdit(before, whole, at);
  const { fields, cells: changed } = differenceOf(before, edit);
  if (changed.length === 0) return { status: 'unchanged' as const, row: before, cells: [] };
  const columns = afterChange(before, { fields, metadata: edit.metadata });
  const row = { ...before, ...columns, updatedAt: writer.at };
  const { id: materialId, revision } = row;
  const cells = changed.map((cell) => ({ ...cell, materialId, actor: writer.name, revision }));
  return { status: 'updated' as const, row, cells };
}

/** As `POST /materials/{id}/archive` and `/restore`: a material that is so already does not change. */
function archive(before: MaterialRecord, operation: 'archive' | 'restore', writer: Writer) {
  const archives = operation === 'archive';
  if ((before.archivedAt !== '') === archives) {
    return { status: 'unchanged' as const, row: before, cells: [] };
  }
  const archivedAt = archives ? writer.at.toISOString() : '';
  const row = {
    ...before,
    ...afterChange(before, { fields: { archivedAt } }),
    updatedAt: writer.at,
  };
  const cell = { field: 'archivedAt', before: before.archivedAt, after: archivedAt };
  const { id: materialId, revision } = row;
  return {
    status: archives ? ('archived' as const) : ('restored' as const),
    row,
    cells: [{ ...cell, materialId, actor: writer.name, revision }],
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
