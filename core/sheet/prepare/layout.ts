import * as z from 'zod/v4-mini';
import { LEVELS, TYPES, type Field, type Header } from '../../material/index.ts';
import type { Snapshot } from '../snapshot.ts';
import { SheetError, type ListRule, type SheetRequest } from '../transport.ts';

/** What `spreadsheets.get` is asked for, with the tab as `ranges`, to see how a sheet is laid out. */
export const LAYOUT_FIELDS =
  'sheets(properties(sheetId,title,gridProperties.frozenRowCount),data(rowData(values(dataValidation))))';

const answer = z.object({
  sheets: z._default(
    z.array(
      z.object({
        properties: z.object({
          title: z.string(),
          gridProperties: z.optional(z.object({ frozenRowCount: z.optional(z.number()) })),
        }),
        data: z._default(
          z.array(
            z.object({
              rowData: z._default(
                z.array(
                  z.object({
                    values: z._default(
                      z.array(z.object({ dataValidation: z.optional(z.unknown()) })),
                      [],
                    ),
                  }),
                ),
                [],
              ),
            }),
          ),
          [],
        ),
      }),
    ),
    [],
  ),
});

/** How a tab is laid out. */
export interface TabLayout {
  /** How many rows from the top are frozen. */
  readonly frozenRows: number;
  /** By row and column; rows and cells at the end may be missing. */
  readonly rules: ReadonlyArray<ReadonlyArray<CellRule | undefined>>;
}

/** A cell's validation rule. */
export interface CellRule {
  /** Whose list of ours it is; null: a rule of people's. */
  readonly list: ListField | null;
  /** As Google gives it. */
  readonly given: unknown;
}

/**
 * Reads Google's answer to `spreadsheets.get` with LAYOUT_FIELDS.
 *
 * @throws SheetError `unknown` if the answer is not of that form
 */
export function parseLayout(data: unknown, tab: string): TabLayout {
  const parsed = z.safeParse(answer, data);
  const sheet = parsed.data?.sheets.find(({ properties }) => properties.title === tab);
  if (sheet === undefined) {
    throw new SheetError('unknown', `Google's answer does not tell how "${tab}" is laid out.`);
  }
  const rows = sheet.data[0]?.rowData ?? [];
  // Thousands of cells share a few rules.
  const rules = new Map<string, CellRule>();
  const ruleOf = (given: unknown): CellRule | undefined => {
    if (given === undefined) return undefined;
    const text = JSON.stringify(given);
    const rule = rules.get(text) ?? { list: listOf(given), given };
    rules.set(text, rule);
    return rule;
  };
  return {
    frozenRows: sheet.properties.gridProperties?.frozenRowCount ?? 0,
    rules: rows.map(({ values }) => values.map(({ dataValidation }) => ruleOf(dataValidation))),
  };
}

const LISTS = { type: TYPES, level: LEVELS } as const;
type ListField = keyof typeof LISTS;
export const LIST_FIELDS: readonly ListField[] = ['type', 'level'];

/** More frozen rows than this would leave a small screen no room for the materials. */
const MOST_FROZEN = 5;

/** The drop-down of a column: `own` is a rule of people's, which is left as it is. */
export interface DropDown {
  readonly field: Field;
  readonly column: number;
  readonly state: 'add' | 'there' | 'own';
  /** Rows that get it, as 0-based half-open runs. */
  readonly runs: ReadonlyArray<{ readonly start: number; readonly end: number }>;
}

export interface LayoutChange {
  /** How many rows are frozen, and how many are to be; null: it stays as it is. */
  readonly freeze: { readonly from: number; readonly to: number } | null;
  readonly dropDowns: readonly DropDown[];
}

/** What a tab lacks: a frozen header, and drop-downs from below the header to the grid's end. */
export function layoutChange(
  { grid }: Snapshot,
  layout: TabLayout,
  { row, columns }: Header,
): LayoutChange {
  const to = row + 1;
  const dropDowns = LIST_FIELDS.flatMap((field): DropDown[] => {
    const column = columns[field];
    if (column === undefined) return [];
    const ruleAt = (at: number) => layout.rules[at]?.[column];
    const rows = Array.from({ length: Math.max(0, grid.rows - to) }, (_, index) => to + index);
    if (rows.some((at) => ruleAt(at) !== undefined && ruleAt(at)?.list !== field)) {
      return [{ field, column, state: 'own', runs: [] }];
    }
    const runs = runsOf(rows.filter((at) => ruleAt(at) === undefined));
    return [{ field, column, state: runs.length > 0 ? 'add' : 'there', runs }];
  });
  const isFrozen = layout.frozenRows >= to || to > MOST_FROZEN;
  return { freeze: isFrozen ? null : { from: layout.frozenRows, to }, dropDowns };
}

/** As requests that may be sent again: they set, and do not add. */
export function layoutRequests(
  { freeze, dropDowns }: LayoutChange,
  sheetId: number,
): SheetRequest[] {
  const frozen: SheetRequest[] =
    freeze === null
      ? []
      : [
          {
            updateSheetProperties: {
              properties: { sheetId, gridProperties: { frozenRowCount: freeze.to } },
              fields: 'gridProperties.frozenRowCount',
            },
          },
        ];
  const lists = dropDowns.flatMap(({ field, column, runs }) => {
    const list = LIST_FIELDS.find((name) => name === field);
    if (list === undefined) return [];
    return runs.map((run) => setRule(sheetId, column, run, listRule(list)));
  });
  return [...frozen, ...lists];
}

/** Takes a drop-down away again that landed on a column which had been moved meanwhile. */
export function clearRule(sheetId: number, column: number, rows: readonly number[]) {
  return runsOf(rows).map((run) => setRule(sheetId, column, run));
}

/** By column, the rows that carry one of our lists. */
export function listedRows({
  rules,
}: TabLayout): ReadonlyMap<number, { readonly field: Field; readonly rows: readonly number[] }> {
  const found = new Map<number, { field: Field; rows: number[] }>();
  rules.forEach((cells, row) => {
    cells.forEach((rule, column) => {
      const field = rule?.list ?? null;
      if (field === null) return;
      const listed = found.get(column) ?? { field, rows: [] };
      listed.rows.push(row);
      found.set(column, listed);
    });
  });
  return found;
}

function setRule(
  sheetId: number,
  column: number,
  { start, end }: { start: number; end: number },
  rule?: ListRule,
): SheetRequest {
  const range = {
    sheetId,
    startRowIndex: start,
    endRowIndex: end,
    startColumnIndex: column,
    endColumnIndex: column + 1,
  };
  return { setDataValidation: { range, ...(rule === undefined ? {} : { rule }) } };
}

/** Not strict: what teachers write in their own words ("Kelas IV") stays allowed. */
function listRule(field: ListField): ListRule {
  return {
    condition: {
      type: 'ONE_OF_LIST',
      values: LISTS[field].map((userEnteredValue) => ({ userEnteredValue })),
    },
    inputMessage:
      'Pilih dari daftar, atau tulis sendiri. / Choose from the list, or write your own.',
    strict: false,
    showCustomUi: true,
  };
}

const listOfOurs = z.object({
  condition: z.object({
    type: z.literal('ONE_OF_LIST'),
    values: z.array(z.object({ userEnteredValue: z.string() })),
  }),
});

function listOf(rule: unknown): ListField | null {
  const parsed = z.safeParse(listOfOurs, rule);
  const texts = parsed.data?.condition.values.map(({ userEnteredValue }) => userEnteredValue);
  return LIST_FIELDS.find((field) => texts?.join('\n') === LISTS[field].join('\n')) ?? null;
}

function runsOf(rows: readonly number[]): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last?.end === row) last.end = row + 1;
    else runs.push({ start: row, end: row + 1 });
  }
  return runs;
}
