import type { IAllExecuteFunctions } from 'n8n-workflow';
import {
  ANSWER_FIELDS,
  columnLetters,
  LAYOUT_FIELDS,
  parseAnswer,
  parseLayout,
  parseShape,
  SHAPE_FIELDS,
  tabRange,
  type CellValue,
  type PrepareTransport,
  type ValueRange,
} from '../../../core/index.ts';
import { read, readCount, readList, readText } from '../http/read.ts';
import { requestGoogle, type GoogleCredential } from './request.ts';

/** Cells of a tab that this account may not change. */
export interface ClosedRange {
  readonly tab: string;
  readonly sheetId: number;
  /** `A1:C1`, `B:B`, `3:3`, or '' for the whole tab. */
  readonly cells: string;
  /** The description that a person gave to the protection. */
  readonly description: string;
}

export interface NodeTransport extends PrepareTransport {
  /** Every range that is protected from this account. */
  closedRanges(): Promise<ClosedRange[]>;
}

/** The Sheets calls of `core/sheet` through n8n's own client. */
export function sheetTransport(
  node: IAllExecuteFunctions,
  credential: GoogleCredential,
  spreadsheetId: string,
): NodeTransport {
  const path = `/v4/spreadsheets/${encodeURIComponent(spreadsheetId)}`;
  const service = 'sheets';
  return {
    async describe() {
      const body = await requestGoogle(node, credential, {
        service,
        path,
        method: 'GET',
        qs: { fields: 'sheets.properties(sheetId,title),namedRanges.namedRangeId' },
      });
      return {
        tabs: readList(body, 'sheets').map((tab) => ({
          sheetId: readCount(tab, 'properties', 'sheetId'),
          title: readText(tab, 'properties', 'title'),
        })),
        namedRangeIds: readList(body, 'namedRanges').map((range) =>
          readText(range, 'namedRangeId'),
        ),
      };
    },

    async read(ranges) {
      const body = await requestGoogle(node, credential, {
        service,
        path: `${path}/values:batchGet`,
        method: 'GET',
        qs: { ranges: [...ranges], valueRenderOption: 'FORMULA' },
      });
      return readList(body, 'valueRanges').map((found): ValueRange => ({
        range: readText(found, 'range'),
        values: readList(found, 'values').map((row) => readList(row).map(cellOf)),
      }));
    },

    async closedRanges() {
      const body = await requestGoogle(node, credential, {
        service,
        path,
        method: 'GET',
        qs: {
          fields:
            'sheets(properties(sheetId,title),protectedRanges(range,description,warningOnly,requestingUserCanEdit))',
        },
      });
      return readList(body, 'sheets').flatMap((sheet) => {
        const tab = readText(sheet, 'properties', 'title');
        return readList(sheet, 'protectedRanges')
          .filter((one) => read(one, 'requestingUserCanEdit') !== true)
          .filter((one) => read(one, 'warningOnly') !== true)
          .map((one) => ({
            tab,
            sheetId: readCount(sheet, 'properties', 'sheetId'),
            cells: cellsOf(read(one, 'range')),
            description: readText(one, 'description'),
          }));
      });
    },

    async layout(tab) {
      const body = await requestGoogle(node, credential, {
        service,
        path,
        method: 'GET',
        qs: { ranges: [tabRange(tab)], fields: LAYOUT_FIELDS },
      });
      return parseLayout(body, tab);
    },

    async shape(tab) {
      const body = await requestGoogle(node, credential, {
        service,
        path,
        method: 'GET',
        qs: { ranges: [tabRange(tab)], fields: SHAPE_FIELDS },
      });
      return parseShape(body, tab);
    },

    async write(requests, show) {
      const shown = {
        includeSpreadsheetInResponse: true,
        responseIncludeGridData: true,
        responseRanges: [...show],
      };
      const body = await requestGoogle(node, credential, {
        service,
        path: `${path}:batchUpdate`,
        method: 'POST',
        qs: { fields: show.length === 0 ? 'spreadsheetId' : ANSWER_FIELDS },
        body: {
          requests: requests.map((request) => ({ ...request })),
          ...(show.length === 0 ? {} : shown),
        },
      });
      return show.length === 0 ? [] : parseAnswer(body);
    },
  };
}

function cellOf(value: unknown): CellValue {
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value ?? '');
}

/** A GridRange as people read it. Its ends are exclusive, and a missing one means the tab's edge. */
function cellsOf(range: unknown): string {
  const index = (name: string): number | undefined => {
    const found = read(range, name);
    return typeof found === 'number' ? found : undefined;
  };
  const before = (end: number | undefined) => (end === undefined ? undefined : end - 1);
  const first = (start: number | undefined, end: number | undefined) =>
    start ?? (end === undefined ? undefined : 0);
  const [endColumn, endRow] = [index('endColumnIndex'), index('endRowIndex')];
  const cells = [
    cellName(first(index('startColumnIndex'), endColumn), first(index('startRowIndex'), endRow)),
    cellName(before(endColumn), before(endRow)),
  ];
  return cells.filter((cell) => cell !== '').join(':');
}

function cellName(column: number | undefined, row: number | undefined): string {
  const letters = column === undefined ? '' : columnLetters(column);
  return row === undefined ? letters : `${letters}${row + 1}`;
}
