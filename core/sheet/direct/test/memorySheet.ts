import { randomUUID } from 'node:crypto';
import {
  ANSWER_FIELDS,
  LAYOUT_FIELDS,
  materialIdSchema,
  openSheet,
  parseAnswer,
  parseLayout,
  parseShape,
  SHAPE_FIELDS,
  SheetError,
  tabRange,
  type CellValue,
  type CatalogSheet,
  type DirectHost,
  type PrepareTransport,
  type SheetTransport,
} from '../../../index.ts';
import { TAB } from './rows.ts';
import {
  GoogleError,
  sheetsInMemory,
  type SomeUnknowns,
} from '../../../../google-standin/memory.ts';

/** What a person does, or what goes wrong, around one write. */
export interface Around {
  readonly before?: () => void;
  /** Runs when Google has applied the batch, and before the writer has the answer. */
  readonly after?: () => void;
}

/** A catalog in this process, and a person who acts around writes. */
export function aSheet(rows: readonly (readonly string[])[], unknowns: SomeUnknowns = {}) {
  const google = sheetsInMemory({
    tabs: [{ title: TAB, values: rows.map((cells) => [...cells]) }],
    unknowns,
  });
  const sent: string[] = [];
  const plain: PrepareTransport = {
    describe: () =>
      answered(() => {
        sent.push('describe');
        const fields = 'sheets.properties(sheetId,title),namedRanges.namedRangeId';
        const { sheets, namedRanges = [] } = google.get({ fields }) as Described;
        return {
          tabs: sheets.map(({ properties: { sheetId = 0, title } }) => ({ sheetId, title })),
          namedRangeIds: namedRanges.map(({ namedRangeId }) => namedRangeId),
        };
      }),
    read: (ranges) =>
      answered(() => {
        sent.push('read');
        const asked = { ranges: [...ranges], valueRenderOption: 'FORMULA' };
        const { valueRanges } = google.batchGet(asked) as Read;
        return valueRanges.map(({ range, values = [] }) => ({ range, values }));
      }),
    shape: (tab) =>
      answered(() => {
        sent.push('shape');
        return parseShape(google.get({ ranges: [tabRange(tab)], fields: SHAPE_FIELDS }), tab);
      }),
    layout: (tab) =>
      answered(() => {
        sent.push('layout');
        return parseLayout(google.get({ ranges: [tabRange(tab)], fields: LAYOUT_FIELDS }), tab);
      }),
    write: (requests, show) =>
      answered(() => {
        sent.push('write');
        const shown = { includeSpreadsheetInResponse: true, responseIncludeGridData: true };
        if (show.length === 0) {
          google.batchUpdate({ requests });
          return [];
        }
        const body = { requests, ...shown, responseRanges: [...show] };
        return parseAnswer(google.batchUpdate(body, ANSWER_FIELDS));
      }),
  };
  const person = (...requests: object[]) => {
    google.asOwner(requests);
  };
  const insertRow = (row: number, cells: readonly string[] = []) => {
    const range = { sheetId: 0, dimension: 'ROWS', startIndex: row, endIndex: row + 1 };
    person({ insertDimension: { range, inheritFromBefore: row > 0 } });
    if (cells.length > 0) person(typed(row, cells));
  };

  return {
    /** The methods that were called, in their order. */
    sent,
    transport: plain,
    /** The catalog as one writer has it open. `around` is for its first, second … write. */
    open: (...around: readonly Around[]): CatalogSheet => {
      let writes = 0;
      const transport: SheetTransport = {
        ...plain,
        write: async (requests, show) => {
          const { before, after } = around[writes] ?? {};
          writes += 1;
          before?.();
          const answer = await plain.write(requests, show);
          after?.();
          return answer;
        },
      };
      return openSheet(transport, TAB);
    },
    person: {
      types: (a1: string, value: string) => {
        google.edit(TAB, a1, value);
      },
      insertsRow: insertRow,
      deletesRow: (row: number) => {
        const range = { sheetId: 0, dimension: 'ROWS', startIndex: row, endIndex: row + 1 };
        person({ deleteDimension: { range } });
      },
      /** Shows only the rows whose title is not among these. */
      filtersOut: (...titles: string[]) => {
        const range = { sheetId: 0, startRowIndex: 0, startColumnIndex: 0, endColumnIndex: 14 };
        const criteria = { 1: { hiddenValues: titles } };
        person({ setBasicFilter: { filter: { range, criteria } } });
      },
      merges: (startRow: number, endRow: number, column: number) => {
        const rows = { startRowIndex: startRow, endRowIndex: endRow };
        const range = { sheetId: 0, ...rows, startColumnIndex: column, endColumnIndex: column + 1 };
        person({ mergeCells: { range, mergeType: 'MERGE_ALL' } });
      },
    },
    rows: (): CellValue[][] => google.entered(TAB),
    /** A column below the header. */
    column: (header: string): CellValue[] => {
      const [head = [], ...below] = google.entered(TAB);
      return below.map((cells) => cells[head.indexOf(header)] ?? '');
    },
  };
}

/** The answer to a batch that Google applied does not arrive. */
export function lost(): never {
  throw new SheetError('unknown', 'Google did not answer.');
}

/** The process is killed. */
export function killed(): never {
  throw new Error('killed');
}

/** A host whose time passes only while it waits. */
export function aHost(): DirectHost & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  return {
    waits,
    newId: () => materialIdSchema.parse(randomUUID()),
    now: () => 0,
    random: () => 0,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    deadline: Infinity,
    attempts: 5,
  };
}

function typed(row: number, cells: readonly string[]) {
  const values = cells.map((stringValue) => ({ userEnteredValue: { stringValue } }));
  const start = { sheetId: 0, rowIndex: row, columnIndex: 0 };
  return { updateCells: { start, rows: [{ values }], fields: 'userEnteredValue' } };
}

interface Described {
  readonly sheets: { properties: { sheetId?: number; title: string } }[];
  readonly namedRanges?: { namedRangeId: string }[];
}

interface Read {
  readonly valueRanges: { range: string; values?: CellValue[][] }[];
}

async function answered<T>(work: () => T): Promise<T> {
  try {
    return await Promise.resolve(work());
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    throw new SheetError(error.code === 400 ? 'refused' : 'unknown', error.message);
  }
}
