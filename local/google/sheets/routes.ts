import * as z from 'zod/v4-mini';
import type { BearerCheck } from '../access/bearer.ts';
import { applyFields } from '../http/fieldMask.ts';
import { GoogleError, malformed, notImplemented } from '../http/googleError.ts';
import { parseJson, parseMessage } from '../http/json.ts';
import type { Answer, Route, RouteRequest } from '../http/route.ts';
import type { Store } from '../store/store.ts';
import type { Spreadsheet } from './model.ts';
import { asksForRules, askedTabs } from './gridData.ts';
import { spreadsheetResource } from './properties.ts';
import { spreadsheetFields } from './spreadsheetFields.ts';
import { valueRange, valueRanges } from './values/read.ts';
import { valuesBatch, type ValuesWritten } from './values/write.ts';

const batchBody = z.strictObject({
  requests: z._default(z.array(z.unknown()), []),
  includeSpreadsheetInResponse: z.optional(z.boolean()),
  responseRanges: z.optional(z.array(z.string())),
  responseIncludeGridData: z.optional(z.boolean()),
});

const readScopes = [
  'spreadsheets',
  'spreadsheets.readonly',
  'drive',
  'drive.readonly',
  'drive.file',
];
const writeScopes = ['spreadsheets', 'drive', 'drive.file'];

/** Parameters every Google API takes (https://cloud.google.com/apis/docs/system-parameters). */
const systemParameters = [
  'fields',
  'alt',
  'prettyPrint',
  'key',
  'quotaUser',
  'access_token',
  'callback',
  '$.xgafv',
  'oauth_token',
  'upload_protocol',
  'uploadType',
  'userIp',
];

const renderParameters = ['majorDimension', 'valueRenderOption', 'dateTimeRenderOption'];

interface Method {
  readonly name: string;
  readonly fullName: string;
  readonly verb: 'GET' | 'POST';
  readonly path: string;
  readonly parameters: readonly string[];
  readonly handle: (spreadsheet: Spreadsheet, request: RouteRequest) => object;
}

/** Sheets v4, the methods the portal and its nodes need. */
export function sheetsRoutes(store: Store, bearer: BearerCheck, root: () => string): Route[] {
  const resource = (s: Spreadsheet, tabs = s.tabs, withRules = false) =>
    spreadsheetResource(s, `${root()}/sheet/${s.spreadsheetId}`, tabs, withRules);
  const methods: Method[] = [
    {
      name: 'get',
      fullName: 'GetSpreadsheet',
      verb: 'GET',
      path: '',
      parameters: ['includeGridData', 'ranges', 'excludeTablesInBandedRanges'],
      handle: (spreadsheet, { url }) => {
        const fields = url.searchParams.get('fields');
        const withRules = asksForRules(fields, url.searchParams.get('includeGridData') === 'true');
        const tabs = askedTabs(spreadsheet, url.searchParams.getAll('ranges'));
        return applyFields(resource(spreadsheet, tabs, withRules), fields, spreadsheetFields);
      },
    },
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
      handle: ({ spreadsheetId }, { text }) => {
        const body = parseMessage(valuesBatch, parseJson(text));
        if (body.includeValuesInResponse) throw notImplemented('includeValuesInResponse');
        const { replies } = store.writeValues(spreadsheetId, body);
        return valuesReply(spreadsheetId, replies);
      },
    },
    {
      name: 'batchUpdate',
      fullName: 'BatchUpdateSpreadsheet',
      verb: 'POST',
      path: ':batchUpdate',
      parameters: [],
      handle: ({ spreadsheetId }, { text }) => {
        const body = parseMessage(batchBody, parseJson(text));
        if (body.responseIncludeGridData) throw notImplemented('responseIncludeGridData');
        const { spreadsheet, replies } = store.batchUpdate(spreadsheetId, body.requests);
        return {
          spreadsheetId,
          replies,
          ...(body.includeSpreadsheetInResponse
            ? { updatedSpreadsheet: resource(spreadsheet) }
            : {}),
        };
      },
    },
  ];
  return methods.map((method) => ({
    verb: method.verb,
    path: new RegExp(`^/v4/spreadsheets/(?<spreadsheetId>[^/:]+)${method.path}$`),
    service: 'sheets' as const,
    method: method.name,
    handle: (request: RouteRequest): Answer => {
      const scopes = method.verb === 'GET' ? readScopes : writeScopes;
      const fullName = `google.apps.sheets.v4.SpreadsheetsService.${method.fullName}`;
      bearer.require(request.headers, {
        host: 'sheets.googleapis.com',
        method: fullName,
        scopes,
        drive: false,
      });
      refuseUnknownParameters(request.url, method.parameters);
      const spreadsheet = reachable(store, request.params['spreadsheetId'] ?? '');
      const answer = method.handle(spreadsheet, request);
      const masked =
        method.name === 'get'
          ? answer
          : applyFields(answer, request.url.searchParams.get('fields'));
      return { body: masked };
    },
  }));
}

function reachable(store: Store, spreadsheetId: string): Spreadsheet {
  const spreadsheet = store.get(spreadsheetId);
  if (!spreadsheet) throw new GoogleError(404, 'Requested entity was not found.');
  if (!spreadsheet.shared) throw new GoogleError(403, 'The caller does not have permission');
  return spreadsheet;
}

function refuseUnknownParameters(url: URL, known: readonly string[]): void {
  const unknown = [...new Set(url.searchParams.keys())].filter(
    (name) => !known.includes(name) && !systemParameters.includes(name),
  );
  if (unknown.length === 0) return;
  throw malformed(
    unknown.map((name) => ({
      description: `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
    })),
  );
}

function valuesReply(spreadsheetId: string, written: readonly ValuesWritten[]): object {
  const tabs = new Set(
    written.map((w) => w.updatedRange.slice(0, w.updatedRange.lastIndexOf('!'))),
  );
  const total = (count: (w: ValuesWritten) => number) =>
    written.reduce((sum, w) => sum + count(w), 0);
  return {
    spreadsheetId,
    totalUpdatedRows: total((w) => w.updatedRows),
    totalUpdatedColumns: total((w) => w.updatedColumns),
    totalUpdatedCells: total((w) => w.updatedCells),
    totalUpdatedSheets: tabs.size,
    responses: written.map((w) => ({ spreadsheetId, ...w })),
  };
}
