import {
  COLUMNS,
  FIELDS,
  materialRows,
  type Field,
  type Header,
  type Mapping,
  type Question,
  type RowProblem,
} from '../../material/index.ts';
import type { Snapshot } from '../journal/index.ts';
import { addedTitles } from './headerPlan.ts';
import type { TabLayout } from '../../google/index.ts';
import { layoutChange, type LayoutChange } from './layout.ts';

/** One of the catalog's columns. */
export interface PreparedColumn {
  readonly field: Field;
  /** The portal's name of the column. */
  readonly name: string;
  /** `open`: a person must answer a question first. `rename`: the person asked for a new header. */
  readonly state: 'there' | 'rename' | 'add' | 'open';
  /** 0-based; null: it has no place yet. */
  readonly column: number | null;
  /** The header in the sheet; null: the sheet does not have the column. */
  readonly header: string | null;
}

/** The changes that preparing makes in a sheet, and its findings. */
export interface Preparation {
  readonly tab: string;
  /** 1-based, as people count. */
  readonly headerRow: number;
  readonly columns: readonly PreparedColumn[];
  /** Further columns, which stay unchanged: header and 0-based column. */
  readonly others: ReadonlyArray<{ readonly name: string; readonly column: number }>;
  readonly renames: Mapping['renames'];
  readonly questions: readonly Question[];
  /** Null: without the column of the titles, no row can be recognised as a material. */
  readonly materials: number | null;
  /** Numbers of the rows that get an id. */
  readonly idRows: readonly number[];
  /** Numbers of the rows that have the id of a row above. The portal's sync gives them another id. */
  readonly copiedIdRows: readonly number[];
  /** Numbers of the rows whose new id Google did not keep, as in merged cells; known after the write. */
  readonly rowsWithoutId: readonly number[];
  readonly layout: LayoutChange;
  /** Rows that are reported and not changed. */
  readonly problems: readonly RowProblem[];
  readonly hasChanges: boolean;
}

const EMPTY: Header = { row: 0, columns: {}, names: {}, metadata: [] };

/** @param mapping null: the tab is empty */
export function preparation(
  snapshot: Snapshot,
  mapping: Mapping | null,
  layout: TabLayout,
): Preparation {
  const { wanted, renames, questions } = mapping ?? { wanted: EMPTY, renames: [], questions: [] };
  const columns = preparedColumns(snapshot, wanted, renames, questions);
  const places = columns.flatMap(({ field, column }) =>
    column === null ? [] : [[field, column] as const],
  );
  const placed = { ...wanted.columns, ...Object.fromEntries(places) };
  const change = layoutChange(snapshot, layout, { ...wanted, columns: placed });
  const { materials, problems } = materialRows(snapshot.rows, wanted);
  const hasTitles = wanted.columns.title !== undefined;
  const idRows = materials.flatMap(({ row, id }) => (id === null ? [row + 1] : []));
  return {
    tab: snapshot.location.tab,
    headerRow: wanted.row + 1,
    columns,
    others: wanted.metadata,
    renames,
    questions,
    materials: hasTitles ? materials.length : null,
    idRows,
    copiedIdRows: [...Map.groupBy(materials, ({ id }) => id)].flatMap(([id, rows]) =>
      id === null ? [] : rows.slice(1).map(({ row }) => row + 1),
    ),
    rowsWithoutId: [],
    layout: change,
    problems: hasTitles ? problems : [],
    hasChanges:
      columns.some(({ state }) => state !== 'there') ||
      renames.length + idRows.length > 0 ||
      change.freeze !== null ||
      change.dropDowns.some(({ state }) => state === 'add'),
  };
}

function preparedColumns(
  snapshot: Snapshot,
  wanted: Header,
  renames: Mapping['renames'],
  questions: readonly Question[],
): PreparedColumn[] {
  const open = new Set(questions.map(({ field }) => field));
  const known = FIELDS.filter((field) => open.has(field) || wanted.columns[field] !== undefined);
  const added = addedTitles(snapshot.rows, known);
  const texts = (snapshot.rows[wanted.row] ?? []).map(String);
  return FIELDS.map((field): PreparedColumn => {
    const name = COLUMNS[field].header;
    const column = wanted.columns[field];
    if (open.has(field)) return { field, name, state: 'open', column: null, header: null };
    if (column === undefined) {
      const place = added.find(({ value }) => value === name)?.column ?? null;
      return { field, name, state: 'add', column: place, header: null };
    }
    const isRenamed = renames.some((rename) => rename.column === column);
    const state = isRenamed ? 'rename' : 'there';
    return { field, name, state, column, header: texts[column] ?? '' };
  });
}
