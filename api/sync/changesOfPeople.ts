import { MERGED_FIELDS, own, type MaterialId } from '../../core/index.ts';
import type { HistoryEntry } from '../history/index.ts';
import { type Merged } from './merge.ts';

/** The cells of a material that people changed in the sheet. If `before` is undefined, the row is new. */
export function changesOfPeople(
  materialId: MaterialId,
  before: Merged | undefined,
  after: Merged,
): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  const note = (field: string, was: string | null, is: string | null) => {
    if (was !== is) entries.push({ materialId, actor: 'sheet', field, before: was, after: is });
  };
  for (const field of MERGED_FIELDS) {
    const is = after.fields[field];
    note(field, before?.fields[field] ?? (is === '' ? '' : null), is);
  }
  const names = new Set([...Object.keys(before?.metadata ?? {}), ...Object.keys(after.metadata)]);
  for (const name of names) {
    const was = before === undefined ? undefined : own(before.metadata, name);
    note(`metadata.${name}`, was ?? null, own(after.metadata, name) ?? null);
  }
  note('deleted', before?.deletedAt ?? null, after.deletedAt);
  return entries;
}
