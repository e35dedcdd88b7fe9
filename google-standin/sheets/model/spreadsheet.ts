import type { Lines } from './lines.ts';
import type { SomeUnknowns } from './unknowns.ts';

/**
 * The spreadsheet as it is kept. Everything is read-only: changes are made on a `Draft`, which shares all
 * unchanged rows with the old state. If a batch is not valid, its draft is dropped.
 */

/** The entered value of a cell, with the names of Google's ExtendedValue. */
export type ExtendedValue =
  | { readonly stringValue: string }
  | { readonly numberValue: number }
  | { readonly boolValue: boolean }
  | { readonly formulaValue: string };

export interface NumberFormat {
  readonly type: string;
  readonly pattern?: string | undefined;
}

export interface CellFormat {
  readonly numberFormat?: NumberFormat | undefined;
}

export interface Cell {
  readonly userEnteredValue?: ExtendedValue;
  readonly userEnteredFormat?: CellFormat;
}

export type Row = readonly (Cell | null)[];

/** Google's Color; a part that is 0 is left out. */
export interface Color {
  readonly red?: number | undefined;
  readonly green?: number | undefined;
  readonly blue?: number | undefined;
}

/** How a tab looks, without meaning for its cells: kept and answered. */
export interface Look {
  readonly frozenColumnCount?: number | undefined;
  readonly hideGridlines?: boolean | undefined;
  readonly rowGroupControlAfter?: boolean | undefined;
  readonly columnGroupControlAfter?: boolean | undefined;
  readonly rightToLeft?: boolean | undefined;
  readonly tabColor?: Color | undefined;
}

export interface Tab {
  readonly sheetId: number;
  readonly title: string;
  readonly hidden: boolean;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly frozenRowCount: number;
  readonly look?: Look;
  /** In the order in which they were set: of those on a cell the last counts. */
  readonly validations?: readonly DataValidation[];
  readonly protectedRanges?: readonly ProtectedRange[];
  readonly rowLines?: Lines | undefined;
  readonly columnLines?: Lines | undefined;
  readonly merges?: readonly Merge[];
  readonly basicFilter?: BasicFilter;
  readonly filterViews?: readonly FilterView[];
  readonly slicers?: readonly Slicer[];
  /** Rows up to the last one with cells, or further; a row may be shorter than the grid is wide. */
  readonly rows: readonly Row[];
}

/** The rule of a cell's values, with the names of Google's DataValidationRule. */
export interface DataValidationRule {
  readonly condition: {
    readonly type: string;
    readonly values?: ReadonlyArray<{ readonly userEnteredValue?: string | undefined }> | undefined;
  };
  readonly inputMessage?: string | undefined;
  readonly strict?: boolean | undefined;
  readonly showCustomUi?: boolean | undefined;
}

export interface DataValidation {
  readonly range: GridRange;
  /** Null: taken away. */
  readonly rule: DataValidationRule | null;
}

/** Half-open, 0-based; what is left out is unbounded. Google's GridRange. */
export interface GridRange {
  readonly sheetId: number;
  readonly startRowIndex?: number;
  readonly endRowIndex?: number;
  readonly startColumnIndex?: number;
  readonly endColumnIndex?: number;
}

/** A value that was written to a covered cell and shows when the cells are unmerged. */
export interface Unseen {
  readonly down: number;
  readonly right: number;
  readonly cell: Cell | null;
}

/** Merged cells. Its first cell shows; the others are covered. */
export interface Merge {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
  readonly unseen?: readonly Unseen[];
}

/** Which values of a column a filter shows; the names are those of Google's FilterCriteria. */
export interface FilterCriteria {
  readonly hiddenValues?: readonly string[] | undefined;
  readonly condition?: FilterCondition | undefined;
}

export interface FilterCondition {
  readonly type: string;
  readonly values?: ReadonlyArray<{ readonly userEnteredValue?: string | undefined }> | undefined;
}

export interface FilterSpec {
  readonly columnIndex: number;
  readonly filterCriteria: FilterCriteria;
}

/** A tab's filter. Its first row is the header and always shows. */
export interface BasicFilter {
  readonly range: GridRange;
  readonly filterSpecs: readonly FilterSpec[];
}

export interface SortSpec {
  readonly dimensionIndex: number;
  readonly sortOrder: string;
}

/** A person's own view of a tab. It hides nothing from others and is kept for them to see. */
export interface FilterView extends BasicFilter {
  readonly filterViewId: number;
  readonly title: string;
  readonly sortSpecs: readonly SortSpec[];
}

/** Kept as it was given; its data range follows its cells. */
export interface Slicer {
  readonly slicerId: number;
  readonly spec: { readonly dataRange?: GridRange | undefined; readonly [name: string]: unknown };
  readonly position: object;
}

/** Cells that only some may edit; one without any index is a protected sheet. */
export interface ProtectedRange {
  readonly protectedRangeId: number;
  readonly range: GridRange;
  /** The parts of a protected sheet that all may edit. */
  readonly unprotectedRanges: readonly GridRange[];
  readonly description?: string | undefined;
  /** Google's page warns; the API's clients may edit. */
  readonly warningOnly: boolean;
  /** E-mail addresses of those who may edit besides the spreadsheet's owner. */
  readonly editors: readonly string[];
}

export interface NamedRange {
  readonly namedRangeId: string;
  readonly name: string;
  /** null once all its cells were deleted: Google lists it no more, but its name and id stay taken. */
  readonly range: GridRange | null;
}

export interface Spreadsheet {
  readonly spreadsheetId: string;
  readonly title: string;
  /** Whether it is shared with the service account. */
  readonly shared: boolean;
  /** Drive's `version`: grows with every change. */
  readonly version: number;
  readonly createdTime: string;
  readonly modifiedTime: string;
  readonly tabs: readonly Tab[];
  readonly namedRanges: readonly NamedRange[];
  /** The switches that are set; the others have their defaults. */
  readonly unknowns?: SomeUnknowns;
}

/** https://support.google.com/drive/answer/37603 */
export const maxCells = 10_000_000;
export const maxCellCharacters = 50_000;
export const defaultGrid = { rowCount: 1000, columnCount: 26 };

/** Google compares tab names without regard to case. */
export function sameTitle(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function tabByTitle(spreadsheet: { readonly tabs: readonly Tab[] }, title: string) {
  return spreadsheet.tabs.find((tab) => sameTitle(tab.title, title));
}

export function cellAt(tab: Tab, row: number, column: number): Cell | null {
  return tab.rows[row]?.[column] ?? null;
}
