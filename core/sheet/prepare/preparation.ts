import { COLUMNS, FIELDS, type Field } from '../../material/index.ts';
import { materialRows, type RowProblem } from '../rows.ts';
import type { Snapshot } from '../snapshot.ts';
import { missingColumns } from './headerPlan.ts';
import { layoutChange, type LayoutChange, type TabLayout } from './layout.ts';
import type { Mapping, Question } from './mapping.ts';

/** One of the catalog's columns. */
export interface PreparedColumn {
  readonly field: Field;
  /** The portal's name for it. */
  readonly name: string;
  /**
   * `open`: a question is to be answered first. `rename`: the person asked for the header to be
   * written over.
   */
  readonly state: 'there' | 'rename' | 'add' | 'open';
  /** 0-based; null: it has no place yet. */
  readonly column: number | null;
  /** The header as it stands; null: there is none. */
  readonly header: string | null;
}

/** What preparing a sheet changes, and what it finds. */
export interface Preparation {
  readonly tab: string;
  /** As people count, from 1. */
  readonly headerRow: number;
  readonly columns: readonly PreparedColumn[];
  /** Further columns, which are kept as they are: header and 0-based column. */
  readonly others: ReadonlyArray<{ readonly name: string; readonly column: number }>;
  readonly renames: Mapping['renames'];
  readonly questions: readonly Question[];
  /** Null: without the title's column nothing tells. */
  readonly materials: number | null;
  /** Rows, as people count, that get an id. */
  readonly idRows: readonly number[];
  /** Rows, as people count, whose id stands further up already; the portal's sync gives them another. */
  readonly copiedIdRows: readonly number[];
  readonly layout: LayoutChange;
  /** Rows that are reported and left alone. */
  readonly problems: readonly RowProblem[];
  readonly hasChanges: boolean;
}

/** @param mapping null: the tab is empty */
export function preparation(
  snapshot: Snapshot,
  mapping: Mapping | null,
  layout: TabLayout,
): Preparation {
  const standing = mapping?.wanted ?? { row: 0, columns: {}, names: {}, metadata: [] };
  const open = new Set(mapping?.questions.map(({ field }) => field) ?? []);
  const added = new Map(
    missingColumns(snapshot, {
      ...standing.columns,
      ...Object.fromEntries([...open].map((f) => [f, 0])),
    }).map(({ header, column }) => [header, column]),
  );
  const texts = (snapshot.rows[standing.row] ?? []).map(String);
  const columns = FIELDS.map((field): PreparedColumn => {
    const name = COLUMNS[field].header;
    const column = standing.columns[field];
    if (open.has(field)) return { field, name, state: 'open', column: null, header: null };
    if (column === undefined) {
      return { field, name, state: 'add', column: added.get(name) ?? null, header: null };
    }
    const isRenamed = mapping?.renames.some((rename) => rename.column === column) === true;
    const state = isRenamed ? 'rename' : 'there';
    return { field, name, state, column, header: texts[column] ?? '' };
  });

  const { materials, problems } = materialRows(snapshot.rows, standing);
  // Without the title's column nothing tells a material; its rows would all be reported.
  const isTold = standing.columns.title !== undefined;
  const idRows = materials.flatMap(({ row, id }) => (id === null ? [row + 1] : []));
  const seen = new Set<string>();
  const copiedIdRows = materials.flatMap(({ row, id }) => {
    if (id === null || !seen.has(id)) return (seen.add(id ?? ''), []);
    return [row + 1];
  });
  const wanted = {
    ...standing,
    columns: {
      ...standing.columns,
      ...Object.fromEntries(
        columns.flatMap(({ field, state, column }) =>
          state === 'add' && column !== null ? [[field, column]] : [],
        ),
      ),
    },
  };
  const change = layoutChange(snapshot, layout, wanted);
  return {
    tab: snapshot.location.tab,
    headerRow: standing.row + 1,
    columns,
    others: standing.metadata,
    renames: mapping?.renames ?? [],
    questions: mapping?.questions ?? [],
    materials: isTold ? materials.length : null,
    idRows,
    copiedIdRows,
    layout: change,
    problems: isTold ? problems : [],
    hasChanges:
      columns.some(({ state }) => state !== 'there') ||
      (mapping?.renames.length ?? 0) + idRows.length > 0 ||
      change.freeze !== null ||
      change.dropDowns.some(({ state }) => state === 'add'),
  };
}
