import { parseJson, parseMessage } from '../../http/json.ts';
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
      verb: 'GET',
      path: '/values:batchGet',
      parameters: ['ranges', ...renderParameters],
      handle: (spreadsheet, { url }) => valueRanges(spreadsheet, url.searchParams),
    },
    {
      name: 'values.get',
      fullName: 'GetValues',
      verb: 'GET',
      path: '/values/(?<range>[^/]+)',
      parameters: renderParameters,
      handle: (spreadsheet, { url, params }) =>
        valueRange(spreadsheet, params['range'] ?? '', url.searchParams),
    },
    {
      name: 'values.batchUpdate',
      fullName: 'BatchUpdateValues',
      verb: 'POST',
      path: '/values:batchUpdate',
      parameters: [],
      handle: ({ spreadsheetId }, { text }, user) => {
        const body = parseMessage(valuesBatch, parseJson(text));
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
      verb: 'POST',
      path: '/values:batchClear',
      parameters: [],
      handle: ({ spreadsheetId }, { text }, user) => {
        const { ranges } = parseMessage(batchClearing, parseJson(text));
        const clearedRanges = store.clearValues(spreadsheetId, ranges, user).replies;
        return { spreadsheetId, ...(clearedRanges.length > 0 ? { clearedRanges } : {}) };
      },
    },
    {
      name: 'values.clear',
      fullName: 'ClearValues',
      verb: 'POST',
      path: '/values/(?<range>[^/]+):clear',
      parameters: [],
      handle: ({ spreadsheetId }, { params, text }, user) => {
        parseMessage(clearing, parseJson(text));
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

/** The range of the path is the one that is written; the body may repeat it. */
function rangeToWrite(url: URL, range: string, text: string) {
  const body = parseMessage(valueRangeBody, parseJson(text));
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
  if (query.get('includeValuesInResponse') !== 'true') return { spreadsheetId, ...written };
  const render = new URLSearchParams({
    valueRenderOption: query.get('responseValueRenderOption') ?? 'FORMATTED_VALUE',
    dateTimeRenderOption: query.get('responseDateTimeRenderOption') ?? 'SERIAL_NUMBER',
  });
  const updatedData = valueRange(spreadsheet, written.updatedRange, render);
  return { spreadsheetId, ...written, updatedData };
}

function valuesReply(
  spreadsheet: Spreadsheet,
  written: readonly ValuesWritten[],
  query: URLSearchParams,
): object {
  const tabs = new Set(
    written.map((w) => w.updatedRange.slice(0, w.updatedRange.lastIndexOf('!'))),
  );
  const total = (count: (w: ValuesWritten) => number) =>
    written.reduce((sum, w) => sum + count(w), 0);
  return {
    spreadsheetId: spreadsheet.spreadsheetId,
    totalUpdatedRows: total((w) => w.updatedRows),
    totalUpdatedColumns: total((w) => w.updatedColumns),
    totalUpdatedCells: total((w) => w.updatedCells),
    totalUpdatedSheets: tabs.size,
    responses: written.map((w) => writtenReply(spreadsheet, w, query)),
  };
}
