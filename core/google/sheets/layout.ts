import * as z from 'zod/v4-mini';
import { gridRange } from './requests.ts';
import type { Run } from './runs.ts';
import { SheetError, type ListRule, type SheetRequest } from './transport.ts';

/** The `fields` of `spreadsheets.get`, with the tab as `ranges`, for parseLayout. */
export const LAYOUT_FIELDS =
  'sheets(properties(sheetId,title,gridProperties.frozenRowCount),data(rowData(values(dataValidation))))';

const cellDataSchema = z.object({ dataValidation: z.optional(z.unknown()) });
const rowDataSchema = z.object({ values: z._default(z.array(cellDataSchema), []) });
const gridDataSchema = z.object({ rowData: z._default(z.array(rowDataSchema), []) });
const gridPropertiesSchema = z.object({ frozenRowCount: z.optional(z.number()) });
const propertiesSchema = z.object({
  title: z.string(),
  gridProperties: z.optional(gridPropertiesSchema),
});
const sheetDataSchema = z.object({
  properties: propertiesSchema,
  data: z._default(z.array(gridDataSchema), []),
});
const answerSchema = z.object({ sheets: z._default(z.array(sheetDataSchema), []) });

/** The frozen rows and the validation rules of a tab. */
export interface TabLayout {
  /** How many rows from the top are frozen. */
  readonly frozenRows: number;
  /** By row and column; rows and cells at the end may be missing. */
  readonly rules: ReadonlyArray<ReadonlyArray<CellRule | undefined>>;
}

/** The validation rule of a cell. */
export interface CellRule {
  /** The texts of a drop-down list; null: a rule of another kind. */
  readonly texts: readonly string[] | null;
  /** The rule as Google gives it. */
  readonly given: unknown;
}

/**
 * Reads Google's answer to `spreadsheets.get` with LAYOUT_FIELDS.
 *
 * @throws SheetError `unknown` if the answer has another form
 */
export function parseLayout(data: unknown, tab: string): TabLayout {
  const parsed = z.safeParse(answerSchema, data);
  const sheet = parsed.data?.sheets.find((found) => found.properties.title === tab);
  if (sheet === undefined) {
    throw new SheetError('unknown', `Google's answer does not tell how "${tab}" is laid out.`);
  }
  // Thousands of cells share a few rules.
  const known = new Map<string, CellRule>();
  const ruleOf = (given: unknown): CellRule | undefined => {
    if (given === undefined) return undefined;
    const text = JSON.stringify(given);
    const rule = known.get(text) ?? { texts: textsOf(given), given };
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

const valueSchema = z.object({ userEnteredValue: z.string() });
const listOfTextsSchema = z.object({
  condition: z.object({ type: z.literal('ONE_OF_LIST'), values: z.array(valueSchema) }),
});

function textsOf(rule: unknown): string[] | null {
  const parsed = z.safeParse(listOfTextsSchema, rule);
  return parsed.data?.condition.values.map(({ userEnteredValue }) => userEnteredValue) ?? null;
}

/** A drop-down list. It is not strict: a teacher's own words ("Kelas IV") stay allowed. */
export function listRule(texts: readonly string[], inputMessage: string): ListRule {
  const values = texts.map((userEnteredValue) => ({ userEnteredValue }));
  return {
    condition: { type: 'ONE_OF_LIST', values },
    inputMessage,
    strict: false,
    showCustomUi: true,
  };
}

/** Sets the rule of a column's rows. @param rule undefined: the cells get none */
export function setRule(
  sheetId: number,
  column: number,
  { start, end }: Run,
  rule?: ListRule,
): SheetRequest {
  const range = gridRange(sheetId, start, end, column, column + 1);
  return { setDataValidation: { range, ...(rule === undefined ? {} : { rule }) } };
}

export function freezeRows(sheetId: number, frozenRowCount: number): SheetRequest {
  const properties = { sheetId, gridProperties: { frozenRowCount } };
  return { updateSheetProperties: { properties, fields: 'gridProperties.frozenRowCount' } };
}
