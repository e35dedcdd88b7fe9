import { invalid } from '../../http/googleError.ts';
import { booleanParameter, readParsed, sheetsNames } from '../../names/index.ts';
import type { Store } from '../../store/store.ts';
import type { Method, MethodRequest } from './method.ts';
import type { Spreadsheet } from '../model/spreadsheet.ts';
import {
  batchClearingSchema,
  clearingSchema,
  valueRangeSchema as valueRangeBody,
  valuesBatchSchema,
} from '../values/messages.ts';
import { valueRange, valueRanges } from '../values/read.ts';
import type { ValuesWritten } from '../values/write.ts';

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
      handle: (spreadsheet, { query }) => valueRanges(spreadsheet, query),
    },
    {
      name: 'values.get',
      fullName: 'GetValues',
      answer: 'ValueRange',
      verb: 'GET',
      path: '/values/(?<range>[^/]+)',
      parameters: renderParameters,
      handle: (spreadsheet, { query, params }) =>
        valueRange(spreadsheet, params['range'] ?? '', query),
    },
    {
      name: 'values.batchUpdate',
      fullName: 'BatchUpdateValues',
      answer: 'BatchUpdateValuesResponse',
      verb: 'POST',
      path: '/values:batchUpdate',
      parameters: [],
      handle: ({ spreadsheetId }, request, user) => {
        const body = readParsed(
          sheetsNames,
          'BatchUpdateValuesRequest',
          valuesBatchSchema,
          request.body(),
        );
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
      handle: ({ spreadsheetId }, request, user) => {
        const { spreadsheet, replies } = store.updateValues(
          spreadsheetId,
          rangeToWrite(request),
          user,
        );
        return writtenReply(spreadsheet, replies, request.query);
      },
    },
    {
      name: 'values.append',
      fullName: 'AppendValues',
      answer: 'AppendValuesResponse',
      verb: 'POST',
      path: '/values/(?<range>[^/]+):append',
      parameters: ['insertDataOption', ...writeParameters],
      handle: ({ spreadsheetId }, request, user) => {
        const update = rangeToWrite(request);
        const insertDataOption = request.query.get('insertDataOption') ?? 'OVERWRITE';
        const { spreadsheet, replies } = store.appendValues(
          spreadsheetId,
          { ...update, insertDataOption },
          user,
        );
        const { tableRange, updates } = replies;
        return {
          spreadsheetId,
          ...(tableRange === undefined ? {} : { tableRange }),
          updates: writtenReply(spreadsheet, updates, request.query),
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
      handle: ({ spreadsheetId }, { body }, user) => {
        const { ranges } = readParsed(
          sheetsNames,
          'BatchClearValuesRequest',
          batchClearingSchema,
          body(),
        );
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
      handle: ({ spreadsheetId }, { params, body }, user) => {
        readParsed(sheetsNames, 'ClearValuesRequest', clearingSchema, body());
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
function rangeToWrite(request: MethodRequest) {
  const range = request.params['range'] ?? '';
  const body = readParsed(sheetsNames, 'ValueRange', valueRangeBody, request.body(), ['data']);
  if (body.range !== '' && body.range !== range) {
    throw invalid(`Request range[${range}] does not match value's range[${body.range}]`);
  }
  const valueInputOption = request.query.get('valueInputOption') ?? undefined;
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

/** The reply for several ranges. A row or column that two ranges changed counts once (gspread's test_batch_update). */
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
