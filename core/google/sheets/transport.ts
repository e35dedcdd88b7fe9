import type { ShownRange } from './answer.ts';
import type { CellValue } from './cell.ts';
import type { TabShape } from './shape.ts';

/**
 * The Sheets calls that the catalog needs. The API sends them with the googleapis client, a node with
 * n8n's HTTP helper. All of them throw SheetError.
 */
export interface SheetTransport {
  /** `spreadsheets.get` of the tabs' properties and the named ranges. */
  describe(): Promise<SpreadsheetDescription>;
  /** `values:batchGet` with FORMULA: one entry for each range, in the order of the ranges. */
  read(ranges: readonly string[]): Promise<ValueRange[]>;
  /** `spreadsheets.get` of one tab with SHAPE_FIELDS (see parseShape). */
  shape(tab: string): Promise<TabShape>;
  /**
   * `spreadsheets.batchUpdate`: Google applies all requests in order, or none of them.
   *
   * @param show ranges that the answer shows as they are right after the batch
   *   (`includeSpreadsheetInResponse`, `responseRanges`, ANSWER_FIELDS; see parseAnswer)
   */
  write(requests: readonly SheetRequest[], show: readonly string[]): Promise<readonly ShownRange[]>;
}

export interface SpreadsheetDescription {
  readonly tabs: ReadonlyArray<{ readonly sheetId: number; readonly title: string }>;
  readonly namedRangeIds: readonly string[];
}

export interface ValueRange {
  /** In Google's form: `'Katalog 2026'!A1:Z1000`. The range of a whole tab gives the tab's size. */
  readonly range: string;
  readonly values: ReadonlyArray<readonly CellValue[]>;
}

/**
 * - `refused`: Google answered that the request is not valid; nothing was written.
 * - `no_access`: not shared with this account, the key is wrong, or the spreadsheet is gone.
 * - `no_tab`: the spreadsheet has no tab of that name.
 * - `busy`: over quota; nothing was written.
 * - `unknown`: no answer, or a 5xx: a write may have been applied, or may yet be.
 */
export type SheetErrorKind = 'refused' | 'no_access' | 'no_tab' | 'busy' | 'unknown';

export class SheetError extends Error {
  override readonly name = 'SheetError';
  readonly kind: SheetErrorKind;

  constructor(kind: SheetErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

export interface GridRange {
  sheetId: number;
  startRowIndex: number;
  endRowIndex: number;
  startColumnIndex: number;
  endColumnIndex: number;
}

export interface CellData {
  userEnteredValue?: {
    stringValue?: string;
    numberValue?: number;
    boolValue?: boolean;
    formulaValue?: string;
  };
}

/** A drop-down list beside which other texts stay allowed. */
export interface ListRule {
  condition: { type: 'ONE_OF_LIST'; values: { userEnteredValue: string }[] };
  inputMessage: string;
  strict: false;
  showCustomUi: true;
}

/** The requests of `spreadsheets.batchUpdate` that a batch is made of, in Google's own form. */
export type SheetRequest =
  | {
      addSheet: {
        properties: {
          sheetId: number;
          title: string;
          hidden: boolean;
          gridProperties: { rowCount: number; columnCount: number };
        };
      };
    }
  | {
      insertDimension: {
        range: {
          sheetId: number;
          dimension: 'ROWS' | 'COLUMNS';
          startIndex: number;
          endIndex: number;
        };
        inheritFromBefore: boolean;
      };
    }
  | { deleteNamedRange: { namedRangeId: string } }
  | { addNamedRange: { namedRange: { namedRangeId: string; name: string; range: GridRange } } }
  | {
      copyPaste: {
        source: GridRange;
        destination: GridRange;
        pasteType: 'PASTE_FORMULA';
        pasteOrientation: 'NORMAL';
      };
    }
  | {
      updateSheetProperties:
        | {
            properties: { sheetId: number; gridProperties: { frozenRowCount: number } };
            fields: 'gridProperties.frozenRowCount';
          }
        | { properties: { sheetId: number; title: string }; fields: 'title' };
    }
  | { setDataValidation: { range: GridRange; rule?: ListRule } }
  | {
      updateCells: {
        range: GridRange;
        rows?: { values: CellData[] }[];
        fields: 'userEnteredValue';
      };
    };
