import {
  ANSWER_FIELDS,
  parseAnswer,
  parseShape,
  SHAPE_FIELDS,
  SheetError,
  tabRange,
  type SheetErrorKind,
  type SheetTransport,
} from '../../core/index.ts';
import { GoogleError } from '../../google-standin/memory.ts';
import type { MemorySheet } from './memorySheet.ts';

/** The code's transport over a sheet in this process, as `googleTransport` has it over HTTP. */
export function memoryTransport(sheet: MemorySheet): SheetTransport {
  const { google } = sheet;
  return {
    describe: () =>
      answered(() => {
        const fields = 'sheets.properties(sheetId,title),namedRanges.namedRangeId';
        const { sheets, namedRanges = [] } = google.get({ fields }) as Described;
        return {
          tabs: sheets.map(({ properties: { sheetId = 0, title } }) => ({ sheetId, title })),
          namedRangeIds: namedRanges.map(({ namedRangeId }) => namedRangeId),
        };
      }),
    read: (ranges) =>
      answered(() => {
        const asked = { ranges: [...ranges], valueRenderOption: 'FORMULA' };
        const { valueRanges } = google.batchGet(asked) as Read;
        return valueRanges.map(({ range, values = [] }) => ({ range, values }));
      }),
    shape: (tab) =>
      answered(() =>
        parseShape(google.get({ ranges: [tabRange(tab)], fields: SHAPE_FIELDS }), tab),
      ),
    write: (requests, show) =>
      answered(() => {
        const shown = {
          includeSpreadsheetInResponse: true,
          responseIncludeGridData: true,
          responseRanges: [...show],
        };
        const body = { requests, ...(show.length === 0 ? {} : shown) };
        const fields = show.length === 0 ? 'spreadsheetId' : ANSWER_FIELDS;
        return parseAnswer(sheet.batchUpdate(body, fields));
      }),
  };
}

interface Described {
  readonly sheets: { properties: { sheetId?: number; title: string } }[];
  readonly namedRanges?: { namedRangeId: string }[];
}

interface Read {
  readonly valueRanges: { range: string; values?: (string | number | boolean)[][] }[];
}

/** Google's answer, or its error as the kind that decides what may be done next. */
async function answered<T>(work: () => T): Promise<T> {
  try {
    return await Promise.resolve(work());
  } catch (error) {
    if (!(error instanceof GoogleError) || error.code === 501) throw error;
    throw new SheetError(kindOf(error.code), `Google Sheets (${error.code}): ${error.message}`, {
      cause: error,
    });
  }
}

function kindOf(code: number): SheetErrorKind {
  if (code === 400) return 'refused';
  return code === 403 || code === 404 ? 'no_access' : 'unknown';
}
