import * as z from 'zod/v4-mini';
import type { BearerCheck } from '../access/bearer.ts';
import { applyFields } from '../http/fieldMask.ts';
import { GoogleError } from '../http/googleError.ts';
import type { Answer, Route, RouteRequest } from '../http/route.ts';
import {
  booleanParameter,
  googleBoolean,
  readBody,
  refuseLackingParameters,
  refuseUnknownFields,
  refuseUnknownParameters,
  sheetsNames,
} from '../names/index.ts';
import type { QuotaCheck } from '../quotas/quotas.ts';
import type { Store } from '../store/store.ts';
import type { Spreadsheet } from './model.ts';
import { dataFilter, filteredRange, withRanges } from './gridData.ts';
import { asksForGridData, refuseLackingFields } from './answerMask.ts';
import { createRoute } from './create.ts';
import { writeScopes, type Method } from './method.ts';
import { spreadsheetResource } from './properties.ts';
import { valuesMethods } from './values/methods.ts';

/** A body may repeat what its path says. */
const spreadsheetId = z.optional(z.string('TYPE_STRING'));

const batchBody = z.strictObject({
  spreadsheetId,
  requests: z._default(z.array(z.unknown()), []),
  includeSpreadsheetInResponse: z.optional(googleBoolean),
  responseRanges: z.optional(z.array(z.string())),
  responseIncludeGridData: z.optional(googleBoolean),
});

const filterBody = z.strictObject({
  spreadsheetId,
  dataFilters: z._default(z.array(dataFilter), []),
  includeGridData: z._default(googleBoolean, false),
  excludeTablesInBandedRanges: z.optional(googleBoolean),
});

const readScopes = [
  'spreadsheets',
  'spreadsheets.readonly',
  'drive',
  'drive.readonly',
  'drive.file',
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
      answer: 'Spreadsheet',
      verb: 'GET',
      path: '',
      parameters: ['includeGridData', 'ranges', 'excludeTablesInBandedRanges'],
      handle: (spreadsheet, { url }, user) => {
        const asked = url.searchParams.getAll('ranges');
        const ranges = asked.length > 0 ? asked : null;
        const flag = booleanParameter(url.searchParams, 'includeGridData');
        const included = asksForGridData(url.searchParams.get('fields'), flag);
        return withRanges(resource(spreadsheet, user), spreadsheet, ranges, included);
      },
    },
    {
      name: 'getByDataFilter',
      fullName: 'GetSpreadsheetByDataFilter',
      answer: 'Spreadsheet',
      verb: 'POST',
      path: ':getByDataFilter',
      parameters: [],
      reads: true,
      handle: (spreadsheet, { url, text }, user) => {
        const { dataFilters, includeGridData } = readBody(
          sheetsNames,
          'GetSpreadsheetByDataFilterRequest',
          filterBody,
          text,
        );
        const ranges = dataFilters.map((filter) => filteredRange(spreadsheet, filter));
        const included = asksForGridData(url.searchParams.get('fields'), includeGridData);
        return withRanges(resource(spreadsheet, user), spreadsheet, ranges, included);
      },
    },
    ...valuesMethods(store),
    {
      name: 'batchUpdate',
      fullName: 'BatchUpdateSpreadsheet',
      answer: 'BatchUpdateSpreadsheetResponse',
      verb: 'POST',
      path: ':batchUpdate',
      parameters: [],
      handle: ({ spreadsheetId }, { url, text }, user) => {
        const body = readBody(sheetsNames, 'BatchUpdateSpreadsheetRequest', batchBody, text);
        const { spreadsheet, replies } = store.batchUpdate(spreadsheetId, body.requests, user);
        if (!body.includeSpreadsheetInResponse) return { spreadsheetId, replies };
        const updatedSpreadsheet = withRanges(
          resource(spreadsheet, user),
          spreadsheet,
          body.responseRanges ?? null,
          asksForGridData(
            url.searchParams.get('fields'),
            body.responseIncludeGridData ?? false,
            'updatedSpreadsheet',
          ),
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
      const query = request.url.searchParams;
      refuseUnknownParameters(sheetsNames, method.name, query);
      refuseLackingParameters(sheetsNames, method.name, query, method.parameters);
      refuseUnknownFields(sheetsNames, method.answer, query.get('fields'));
      refuseLackingFields(query.get('fields'));
      const spreadsheet = reachable(store, request.params['spreadsheetId'] ?? '');
      return { body: applyFields(method.handle(spreadsheet, request, user), query.get('fields')) };
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
