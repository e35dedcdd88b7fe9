import * as z from 'zod/v4-mini';
import type { BearerCheck } from '../access/bearer.ts';
import { applyFields, parseMask } from '../http/fieldMask.ts';
import { GoogleError, malformed } from '../http/googleError.ts';
import { parseJson, parseMessage } from '../http/json.ts';
import type { Answer, Route, RouteRequest } from '../http/route.ts';
import type { QuotaCheck } from '../quotas/quotas.ts';
import type { Store } from '../store/store.ts';
import type { Spreadsheet } from './model.ts';
import { dataFilter, filteredRange, withRanges } from './gridData.ts';
import { createRoute } from './create.ts';
import { writeScopes, type Method } from './method.ts';
import { spreadsheetResource } from './properties.ts';
import { spreadsheetFields } from './spreadsheetFields.ts';
import { valuesMethods } from './values/methods.ts';

const batchBody = z.strictObject({
  requests: z._default(z.array(z.unknown()), []),
  includeSpreadsheetInResponse: z.optional(z.boolean()),
  responseRanges: z.optional(z.array(z.string())),
  responseIncludeGridData: z.optional(z.boolean()),
});

const filterBody = z.strictObject({
  dataFilters: z._default(z.array(dataFilter), []),
  includeGridData: z._default(z.boolean(), false),
  excludeTablesInBandedRanges: z.optional(z.boolean()),
});

const readScopes = [
  'spreadsheets',
  'spreadsheets.readonly',
  'drive',
  'drive.readonly',
  'drive.file',
];

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

/** Sheets v4, the methods the portal and its nodes need. */
export function sheetsRoutes(
  store: Store,
  bearer: BearerCheck,
  quotas: QuotaCheck,
  root: () => string,
): Route[] {
  const resource = (s: Spreadsheet, user: string) =>
    spreadsheetResource(s, `${root()}/sheet/${s.spreadsheetId}`, user);
  const methods: Method[] = [
    {
      name: 'get',
      fullName: 'GetSpreadsheet',
      verb: 'GET',
      path: '',
      parameters: ['includeGridData', 'ranges', 'excludeTablesInBandedRanges'],
      handle: (spreadsheet, { url }, user) => {
        const fields = url.searchParams.get('fields');
        const asked = url.searchParams.getAll('ranges');
        const ranges = asked.length > 0 ? asked : null;
        // A mask overrules includeGridData (Google's reference).
        const included =
          fields === null
            ? url.searchParams.get('includeGridData') === 'true'
            : parseMask(fields)['sheets']?.['data'] !== undefined;
        const answer = withRanges(resource(spreadsheet, user), spreadsheet, ranges, included);
        return applyFields(answer, fields, spreadsheetFields);
      },
    },
    {
      name: 'getByDataFilter',
      fullName: 'GetSpreadsheetByDataFilter',
      verb: 'POST',
      path: ':getByDataFilter',
      parameters: [],
      reads: true,
      handle: (spreadsheet, { text }, user) => {
        const { dataFilters, includeGridData } = parseMessage(filterBody, parseJson(text));
        const ranges = dataFilters.map((filter) => filteredRange(spreadsheet, filter));
        return withRanges(resource(spreadsheet, user), spreadsheet, ranges, includeGridData);
      },
    },
    ...valuesMethods(store),
    {
      name: 'batchUpdate',
      fullName: 'BatchUpdateSpreadsheet',
      verb: 'POST',
      path: ':batchUpdate',
      parameters: [],
      handle: ({ spreadsheetId }, { text }, user) => {
        const body = parseMessage(batchBody, parseJson(text));
        const { spreadsheet, replies } = store.batchUpdate(spreadsheetId, body.requests, user);
        if (!body.includeSpreadsheetInResponse) return { spreadsheetId, replies };
        const updatedSpreadsheet = withRanges(
          resource(spreadsheet, user),
          spreadsheet,
          body.responseRanges ?? null,
          body.responseIncludeGridData ?? false,
        );
        return { spreadsheetId, replies, updatedSpreadsheet };
      },
    },
  ];
  const onOne = methods.map((method) => ({
    verb: method.verb,
    // google-spreadsheet puts a slash before what follows the id, and Google takes it.
    path: new RegExp(
      `^/v4/spreadsheets/(?<spreadsheetId>[^/:]+)${method.path.startsWith('/') ? '' : '/?'}${method.path}$`,
    ),
    service: 'sheets' as const,
    method: method.name,
    handle: (request: RouteRequest): Answer => {
      const scopes = method.verb === 'GET' ? readScopes : writeScopes;
      const fullName = `google.apps.sheets.v4.SpreadsheetsService.${method.fullName}`;
      const user = bearer.require(request.headers, {
        host: 'sheets.googleapis.com',
        method: fullName,
        scopes,
        drive: false,
      });
      quotas.take(method.verb === 'GET' || method.reads ? 'read' : 'write', user);
      refuseUnknownParameters(request.url, method.parameters);
      const spreadsheet = reachable(store, request.params['spreadsheetId'] ?? '');
      const answer = method.handle(spreadsheet, request, user);
      const masked =
        method.name === 'get'
          ? answer
          : applyFields(answer, request.url.searchParams.get('fields'));
      return { body: masked };
    },
  }));
  return [...onOne, createRoute({ store, bearer, quotas, resource })];
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
