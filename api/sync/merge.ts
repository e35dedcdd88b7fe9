import { isDeepStrictEqual } from 'node:util';
import {
  AI_FIELDS,
  comparable,
  isFormula,
  MERGED_FIELDS,
  own,
  REVISED_FIELDS,
  TEXT_FIELDS,
  type MergedField,
  type SheetRow,
} from '../../core/index.ts';

/** Both values of a cell that a person and the portal changed at once, until someone picks. */
export interface Conflict {
  readonly sheet: string;
  readonly portal: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The part of a material that merging reads and writes. */
export interface Merged {
  readonly fields: Readonly<Record<MergedField, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  /** The values last seen in the sheet; null: never seen there. */
  readonly base: Readonly<Record<string, string>> | null;
  /** Field to the revision at which the portal changed it and has not yet seen it in the sheet. */
  readonly pending: Readonly<Record<string, number>>;
  readonly conflicts: Readonly<Record<string, Conflict>>;
  /** ISO 8601: since when its row has not been in the sheet; null while it is. */
  readonly missingSince: string | null;
  /** ISO 8601: since when it counts as deleted. */
  readonly deletedAt: string | null;
}

/**
 * Merges a material with its row, cell by cell, against the values last seen. If only one side changed a
 * cell, that side's value wins. If both did, the sheet's value wins, and the portal's value becomes a
 * conflict. A formula counts as changed: it is never written over.
 *
 * @param headers the sheet's further columns: metadata under other names is the portal's alone
 * @param at the time of the read, ISO 8601
 */
export function merge(
  known: Merged,
  row: SheetRow,
  headers: readonly string[],
  at: string,
): Merged {
  const fields = { ...known.fields };
  const base: Record<string, string> = { ...known.base };
  const conflicts: Record<string, Conflict> = { ...known.conflicts };
  // The id is what the row was found by, so it has arrived.
  const arrived = new Set(['id']);
  const owed: Record<string, number> = {};

  /** Whether the sheet's value is taken; not where only the portal has changed the cell. */
  const takes = (key: string, sheet: string, portal: string): boolean => {
    const seen = base[key];
    const isChangedHere = known.pending[key] !== undefined;
    const isUnchangedThere = seen !== undefined && same(sheet, seen) && !isFormula(sheet);
    if (isChangedHere && isUnchangedThere && !same(sheet, portal)) return false;
    // Only the portal had a text of this name, and now a person has added the column. Example: the portal
    // has Penerbit "Erlangga". If the new cell is empty, the next batch writes "Erlangga" into it.
    const isAdded = seen === undefined && known.base !== null && portal !== '';
    if (isAdded && sheet === '') {
      base[key] = sheet;
      owed[key] = known.pending[key] ?? 0;
      return false;
    }
    if ((isChangedHere || isAdded) && !same(sheet, portal)) conflicts[key] = { sheet, portal, at };
    arrived.add(key);
    base[key] = sheet;
    return true;
  };

  for (const field of MERGED_FIELDS) {
    const sheet = row.fields[field];
    if (sheet !== undefined && takes(field, sheet, fields[field])) fields[field] = sheet;
  }
  const kept = headers.filter((name) => {
    const sheet = own(row.metadata, name) ?? '';
    return !takes(metadataKey(name), sheet, own(known.metadata, name) ?? '');
  });
  // Metadata without a column in the sheet stays in the portal only.
  const columns = new Set(headers.map(metadataKey));
  const isNowhere = (key: string) => key.startsWith(metadataKey('')) && !columns.has(key);
  const left = without(known.pending, (key) => arrived.has(key) || isNowhere(key));
  const others = without(known.metadata, (name) => headers.includes(name) && !kept.includes(name));
  const seen = without(row.metadata, (name) => kept.includes(name));
  return {
    fields,
    metadata: { ...others, ...seen },
    base: without(base, isNowhere),
    pending: { ...left, ...owed },
    conflicts,
    missingSince: null,
    deletedAt: null,
  };
}

/** A further column's key in `base`, `pending` and `conflicts`. */
export function metadataKey(header: string): string {
  return `metadata.${header}`;
}

/** A material that was never in the sheet. */
export function newMerged(
  fields: Merged['fields'],
  metadata: Merged['metadata'],
  pending: Merged['pending'],
): Merged {
  return {
    fields,
    metadata,
    base: null,
    pending,
    conflicts: {},
    missingSince: null,
    deletedAt: null,
  };
}

/** A material that was first met in the sheet. An empty further cell was seen empty, too. */
export function fromRow(row: SheetRow, headers: readonly string[]): Merged {
  const entries = MERGED_FIELDS.map((field) => [field, row.fields[field] ?? ''] as const);
  const fields = Object.fromEntries(entries) as Record<MergedField, string>;
  const base: Record<string, string> = { ...fields };
  for (const name of headers) base[metadataKey(name)] = own(row.metadata, name) ?? '';
  return { ...newMerged(fields, row.metadata, {}), base };
}

/** Whether a person's edit changed what the ETag covers. */
export function isEdited(before: Merged, after: Merged): boolean {
  return (
    REVISED_FIELDS.some((field) => before.fields[field] !== after.fields[field]) ||
    !isDeepStrictEqual(before.metadata, after.metadata)
  );
}

/** Whether anything else that the API shows has changed: a cache has to see it. */
export function isShownAnew(before: Merged, after: Merged): boolean {
  return (
    AI_FIELDS.some((field) => before.fields[field] !== after.fields[field]) ||
    !isDeepStrictEqual(before.conflicts, after.conflicts)
  );
}

/** Whether the texts that an analysis reads have changed. */
export function isRewritten(before: Merged, after: Merged): boolean {
  return TEXT_FIELDS.some((field) => !same(before.fields[field], after.fields[field]));
}

/** The record without some of its entries. */
export function without<T>(
  record: Readonly<Record<string, T>>,
  isLeftOut: (name: string) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !isLeftOut(name)));
}

function same(a: string, b: string): boolean {
  return comparable(a) === comparable(b);
}
