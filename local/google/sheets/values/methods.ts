import { invalid } from '../../http/googleError.ts';
import { booleanParameter, readBody, sheetsNames } from '../../names/index.ts';
import type { Store } from '../../store/store.ts';
import type { Method } from '../method.ts';
import type { Spreadsheet } from '../model.ts';
import { batchClearing, clearing, valueRange as valueRangeBody, valuesBatch } from './messages.ts';
import { valueRange, valueRanges } from './read.ts';
import type { ValuesWritten } from './write.ts';

const renderParameters = ['majorDimension', 'valueRenderOption', 'dateTimeRenderOption'];
const writeParameters = [
  'valueInputOption',
  'includeValuesInResponse',
  'responseValueRenderOption',
  'responseDateTimeRenderOption',
];

/** The methods of `spreadsheets.values`. */
export function valuesMethods(store: Store): Method[] {
  return [
    {
      name: 'values.batchGet',
      fullName: 'BatchGetValues',
      answer: 'BatchGetValuesResponse',
      verb: 'GET',
      path: '/values:batchGet',
      parameters: ['ranges', ...renderParameters],
      handle: (spreadsheet, { url }) => valueRanges(spreadsheet, url.searchParams),
    },
    {
      name: 'values.get',
      fullName: 'GetValues',
      answer: 'ValueRange',
      verb: 'GET',
      path: '/values/(?<range>[^/]+)',
      parameters: renderParameters,
      handle: (spreadsheet, { url, params }) =>
        valueRange(spreadsheet, params['range'] ?? '', url.searchParams),
    },
    {
      name: 'values.batchUpdate',
      fullName: 'BatchUpdateValues',
      answer: 'BatchUpdateValuesResponse',
      verb: 'POST',
      path: '/values:batchUpdate',
      parameters: [],
      handle: ({ spreadsheetId }, { text }, user) => {
        const body = readBody(sheetsNames, 'BatchUpdateValuesRequest', valuesBatch, text);
        const { spreadsheet, replies } = store.writeValues(spreadsheetId, body, user);
        const query = new URLSearchParams({
          includeValuesInResponse: String(body.includeValuesInResponse ?? false),
          responseValueRenderOption: body.responseValueRenderOption ?? 'FORMATTED_VALUE',
          responseDateTimeRenderOption: body.responseDateTimeRenderOption ?? 'SERIAL_NUMBER',
        });
        return valuesReply(spreadsheet, replies, query);
      },
    },
    {
      name: 'values.update',
      fullName: 'UpdateValues',
      answer: 'UpdateValuesResponse',
      verb: 'PUT',
      path: '/values/(?<range>[^/]+)',
      parameters: writeParameters,
      handle: ({ spreadsheetId }, { url, params, text }, user) => {
        const { spreadsheet, replies } = store.updateValues(
          spreadsheetId,
          rangeToWrite(url, params['range'] ?? '', text),
          user,
        );
        return writtenReply(spreadsheet, replies, url.searchParams);
      },
    },
    {
      name: 'values.append',
      fullName: 'AppendValues',
      answer: 'AppendValuesResponse',
      verb: 'POST',
      path: '/values/(?<range>[^/]+):append',
      parameters: ['insertDataOption', ...writeParameters],
      handle: ({ spreadsheetId }, { url, params, text }, user) => {
        const update = rangeToWrite(url, params['range'] ?? '', text);
        const insertDataOption = url.searchParams.get('insertDataOption') ?? 'OVERWRITE';
        const { spreadsheet, replies } = store.appendValues(
          spreadsheetId,
          { ...update, insertDataOption },
          user,
        );
        const { tableRange, updates } = replies;
        return {
          spreadsheetId,
          ...(tableRange === undefined ? {} : { tableRange }),
          updates: writtenReply(spreadsheet, updates, url.searchParams),
        };
      },
    },
    {
      name: 'values.batchClear',
      fullName: 'BatchClearValues',
      answer: 'BatchClearValuesResponse',
      verb: 'POST',
      path: '/values:batchClear',
      parameters: [],
      handle: ({ spreadsheetId }, { text }, user) => {
        const { ranges } = readBody(sheetsNames, 'BatchClearValuesRequest', batchClearing, text);
        const clearedRanges = store.clearValues(spreadsheetId, ranges, user).replies;
        return { spreadsheetId, ...(clearedRanges.length > 0 ? { clearedRanges } : {}) };
      },
    },
    {
      name: 'values.clear',
      fullName: 'ClearValues',
      answer: 'ClearValuesResponse',
      verb: 'POST',
      path: '/values/(?<range>[^/]+):clear',
      parameters: [],
      handle: ({ spreadsheetId }, { params, text }, user) => {
        readBody(sheetsNames, 'ClearValuesRequest', clearing, text);
        const [clearedRange] = store.clearValues(
          spreadsheetId,
          [params['range'] ?? ''],
          user,
        ).replies;
        return { spreadsheetId, clearedRange };
      },
    },
  ];
}

/**
 * The range in the path is written. The body may repeat it.
 *
 * @throws GoogleError 400 when the body has another one
 */
function rangeToWrite(url: URL, range: string, text: string) {
  const body = readBody(sheetsNames, 'ValueRange', valueRangeBody, text, ['data']);
  if (body.range !== '' && body.range !== range) {
    throw invalid(`Request range[${range}] does not match value's range[${body.range}]`);
  }
  const valueInputOption = url.searchParams.get('valueInputOption') ?? undefined;
  return {
    data: { ...body, range },
    ...(valueInputOption === undefined ? {} : { valueInputOption }),
  };
}

/** One written range, with its values as they are now when the caller asked for them. */
function writtenReply(
  spreadsheet: Spreadsheet,
  written: ValuesWritten,
  query: URLSearchParams,
): object {
  const { spreadsheetId } = spreadsheet;
  const { updatedRange, rows, columns, cells } = written;
  const counts = withoutZeros({
    updatedRows: rows.length,
    updatedColumns: columns.length,
    updatedCells: cells,
  });
  const reply = { spreadsheetId, updatedRange, ...counts };
  if (!booleanParameter(query, 'includeValuesInResponse')) return reply;
  const render = new URLSearchParams({
    valueRenderOption: query.get('responseValueRenderOption') ?? 'FORMATTED_VALUE',
    dateTimeRenderOption: query.get('responseDateTimeRenderOption') ?? 'SERIAL_NUMBER',
  });
  return { ...reply, updatedData: valueRange(spreadsheet, updatedRange, render) };
}

/** Of several ranges: a row or column that two of them changed counts once (gspread's test_batch_update). */
function valuesReply(
  spreadsheet: Spreadsheet,
  written: readonly ValuesWritten[],
  query: URLSearchParams,
): object {
  const distinct = (lines: (one: ValuesWritten) => readonly number[]) =>
    new Set(written.flatMap((one) => lines(one).map((line) => `${one.sheetId}/${line}`))).size;
  const counts = withoutZeros({
    totalUpdatedRows: distinct(({ rows }) => rows),
    totalUpdatedColumns: distinct(({ columns }) => columns),
    totalUpdatedCells: written.reduce((sum, { cells }) => sum + cells, 0),
    totalUpdatedSheets: new Set(written.map(({ sheetId }) => sheetId)).size,
  });
  return {
    spreadsheetId: spreadsheet.spreadsheetId,
    ...counts,
    responses: written.map((one) => writtenReply(spreadsheet, one, query)),
  };
}

/** Google leaves out a count that is 0 (googleapis/google-api-nodejs-client#3389). */
function withoutZeros(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
