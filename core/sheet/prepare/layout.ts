import { LEVELS, TYPES, type Header } from '../../material/index.ts';
import {
  freezeRows,
  listRule,
  runsOf,
  setRule,
  type CellRule,
  type Run,
  type SheetRequest,
  type TabLayout,
} from '../../google/index.ts';
import type { Snapshot } from '../journal/index.ts';

const LISTS = { type: TYPES, level: LEVELS } as const;

/** The lists that an earlier version wrote. They give way to the lists of today. */
const EARLIER_LISTS: Readonly<Record<ListField, readonly string[]>> = {
  type: ['Video', 'Modul', 'Lembar Kerja', 'Presentasi', 'Kuis', 'Artikel', 'Simulasi'],
  level: ['Fase A', 'Fase B', 'Fase C', 'Fase D', 'Fase E', 'Fase F'],
};

export type ListField = keyof typeof LISTS;
export const LIST_FIELDS: readonly ListField[] = ['type', 'level'];

const LIST_MESSAGE =
  'Pilih dari daftar, atau tulis sendiri. / Choose from the list, or write your own.';

/** With more frozen rows, a small screen has no room for the materials. */
const MOST_FROZEN = 5;

/** The drop-down of a column. `own`: a person made a rule there, so the column stays unchanged. */
export interface DropDown {
  readonly field: ListField;
  readonly column: number;
  readonly state: 'add' | 'there' | 'own';
  /** The rows that get it. */
  readonly runs: readonly Run[];
}

export interface LayoutChange {
  /** How many rows are frozen before and after; null: no change. */
  readonly freeze: { readonly from: number; readonly to: number } | null;
  readonly dropDowns: readonly DropDown[];
}

/** The layout that a tab lacks: a frozen header, and drop-downs from below the header to the grid's end. */
export function layoutChange(
  { grid }: Pick<Snapshot, 'grid'>,
  { frozenRows, rules }: TabLayout,
  { row, columns }: Header,
): LayoutChange {
  const to = row + 1;
  const rows = Array.from({ length: Math.max(0, grid.rows - to) }, (_, index) => to + index);
  const dropDowns = LIST_FIELDS.flatMap((field): DropDown[] => {
    const column = columns[field];
    if (column === undefined) return [];
    const ruleAt = (at: number) => rules[at]?.[column];
    const isOther = (rule: CellRule | undefined) => rule !== undefined && listOf(rule) !== field;
    if (rows.some((at) => isOther(ruleAt(at)))) {
      return [{ field, column, state: 'own', runs: [] }];
    }
    const runs = runsOf(rows.filter((at) => !hasTexts(ruleAt(at), LISTS[field])));
    return [{ field, column, state: runs.length > 0 ? 'add' : 'there', runs }];
  });
  const isFrozen = frozenRows >= to || to > MOST_FROZEN;
  return { freeze: isFrozen ? null : { from: frozenRows, to }, dropDowns };
}

/** The change as requests that set values, so that it does no harm to send them twice. */
export function layoutRequests(
  { freeze, dropDowns }: LayoutChange,
  sheetId: number,
): SheetRequest[] {
  const lists = dropDowns.flatMap(({ field, column, runs }) =>
    runs.map((run) => setRule(sheetId, column, run, listRule(LISTS[field], LIST_MESSAGE))),
  );
  return freeze === null ? lists : [freezeRows(sheetId, freeze.to), ...lists];
}

/** The cells that have one of our drop-down lists, as rows by column. */
export function listedCells({ rules }: TabLayout) {
  const cells = rules.flatMap((line, row) =>
    line.flatMap((rule, column) => {
      const list = rule === undefined ? null : listOf(rule);
      return list === null ? [] : [{ row, column, list }];
    }),
  );
  return Map.groupBy(cells, ({ column }) => column);
}

/** The field whose drop-down list a rule is; null: a person made another rule. */
function listOf(rule: CellRule): ListField | null {
  const isOf = (field: ListField) =>
    hasTexts(rule, LISTS[field]) || hasTexts(rule, EARLIER_LISTS[field]);
  return LIST_FIELDS.find(isOf) ?? null;
}

function hasTexts(rule: CellRule | undefined, texts: readonly string[]): boolean {
  return rule?.texts?.join('\n') === texts.join('\n');
}
