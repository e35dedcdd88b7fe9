import * as z from 'zod/v4-mini';
import { LEVELS, TYPES, type Header } from '../../material/index.ts';
import { SheetError, type ListRule, type SheetRequest } from '../../google/index.ts';
import type { Snapshot } from '../journal/index.ts';

/** The fields that `spreadsheets.get` is asked for; `ranges` is the tab. */
export const LAYOUT_FIELDS =
  'sheets(properties(sheetId,title,gridProperties.frozenRowCount),data(rowData(values(dataValidation))))';

const cellData = z.object({ dataValidation: z.optional(z.unknown()) });
const rowData = z.object({ values: z._default(z.array(cellData), []) });
const gridData = z.object({ rowData: z._default(z.array(rowData), []) });
const gridProperties = z.object({ frozenRowCount: z.optional(z.number()) });
const properties = z.object({ title: z.string(), gridProperties: z.optional(gridProperties) });
const sheetData = z.object({ properties, data: z._default(z.array(gridData), []) });
const answer = z.object({ sheets: z._default(z.array(sheetData), []) });

/** The frozen rows and the validation rules of a tab. */
export interface TabLayout {
  /** How many rows from the top are frozen. */
  readonly frozenRows: number;
  /** By row and column; rows and cells at the end may be missing. */
  readonly rules: ReadonlyArray<ReadonlyArray<CellRule | undefined>>;
}

/** The validation rule of a cell. */
export interface CellRule {
  /** The field whose drop-down list the rule is; null: a person made another rule. */
  readonly list: ListField | null;
  /** The rule as Google gives it. */
  readonly given: unknown;
}

/**
 * Reads Google's answer to `spreadsheets.get` with LAYOUT_FIELDS.
 *
 * @throws SheetError `unknown` if the answer has another form
 */
export function parseLayout(data: unknown, tab: string): TabLayout {
  const parsed = z.safeParse(answer, data);
  const sheet = parsed.data?.sheets.find((found) => found.properties.title === tab);
  if (sheet === undefined) {
    throw new SheetError('unknown', `Google's answer does not tell how "${tab}" is laid out.`);
  }
  // Thousands of cells share a few rules.
  const known = new Map<string, CellRule>();
  const ruleOf = (given: unknown): CellRule | undefined => {
    if (given === undefined) return undefined;
    const text = JSON.stringify(given);
    const rule = known.get(text) ?? { list: listOf(given), given };
    known.set(text, rule);
    return rule;
  };
  return {
    frozenRows: sheet.properties.gridProperties?.frozenRowCount ?? 0,
    rules: (sheet.data[0]?.rowData ?? []).map(({ values }) =>
      values.map(({ dataValidation }) => ruleOf(dataValidation)),
    ),
  };
}

const LISTS = { type: TYPES, level: LEVELS } as const;
export type ListField = keyof typeof LISTS;
export const LIST_FIELDS: readonly ListField[] = ['type', 'level'];

/** With more frozen rows, a small screen has no room for the materials. */
const MOST_FROZEN = 5;

interface Run {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

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

/** What a tab lacks: a frozen header, and drop-downs from below the header to the grid's end. */
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
    const lists = rows.map((at) => rules[at]?.[column]?.list);
    if (lists.some((list) => list !== undefined && list !== field)) {
      return [{ field, column, state: 'own', runs: [] }];
    }
    const runs = runsOf(rows.filter((_, index) => lists[index] === undefined));
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
    runs.map((run) => setRule(sheetId, column, run, listRule(field))),
  );
  if (freeze === null) return lists;
  const frozen = { sheetId, gridProperties: { frozenRowCount: freeze.to } };
  const fields = 'gridProperties.frozenRowCount' as const;
  return [{ updateSheetProperties: { properties: frozen, fields } }, ...lists];
}

/** Removes the rules of these cells. */
export function clearRules(
  sheetId: number,
  column: number,
  rows: readonly number[],
): SheetRequest[] {
  return runsOf(rows).map((run) => setRule(sheetId, column, run));
}

/** The cells that have one of our drop-down lists, as rows by column. */
export function listedCells({ rules }: TabLayout) {
  const cells = rules.flatMap((line, row) =>
    line.flatMap((rule, column) => (rule?.list == null ? [] : [{ row, column, list: rule.list }])),
  );
  return Map.groupBy(cells, ({ column }) => column);
}

function setRule(sheetId: number, column: number, { start, end }: Run, rule?: ListRule) {
  const rows = { startRowIndex: start, endRowIndex: end };
  const range = { sheetId, ...rows, startColumnIndex: column, endColumnIndex: column + 1 };
  return { setDataValidation: { range, ...(rule === undefined ? {} : { rule }) } };
}

/** Not strict: a teacher's own words ("Kelas IV") stay allowed. */
function listRule(field: ListField): ListRule {
  const values = LISTS[field].map((userEnteredValue) => ({ userEnteredValue }));
  return {
    condition: { type: 'ONE_OF_LIST', values },
    inputMessage:
      'Pilih dari daftar, atau tulis sendiri. / Choose from the list, or write your own.',
    strict: false,
    showCustomUi: true,
  };
}

const texts = z.array(z.object({ userEnteredValue: z.string() }));
const listOfTexts = z.object({
  condition: z.object({ type: z.literal('ONE_OF_LIST'), values: texts }),
});

function listOf(rule: unknown): ListField | null {
  const values = z.safeParse(listOfTexts, rule).data?.condition.values;
  const text = values?.map(({ userEnteredValue }) => userEnteredValue).join('\n');
  return LIST_FIELDS.find((field) => text === LISTS[field].join('\n')) ?? null;
}

/** @param rows in ascending order */
function runsOf(rows: readonly number[]): Run[] {
  const starts = rows.filter((row, at) => rows[at - 1] !== row - 1);
  const ends = rows.filter((row, at) => rows[at + 1] !== row + 1);
  return starts.map((start, at) => ({ start, end: (ends[at] ?? start) + 1 }));
}
