import type { BearerCheck } from '../../access/bearer.ts';
import { GoogleError } from '../../http/googleError.ts';
import { parseJson } from '../../http/json.ts';
import type { Answer, Route, RouteRequest } from '../../http/route.ts';
import type { QuotaCheck } from '../../quotas/quotas.ts';
import type { Store } from '../../store/store.ts';
import { createRoute } from './create.ts';
import { answerMethod, checkQuery, writeScopes } from './method.ts';
import { sheetsMethods } from './methods.ts';
import type { Spreadsheet } from '../model/spreadsheet.ts';
import { spreadsheetResource } from '../model/properties.ts';

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
  const onOne = sheetsMethods(store, resource).map((method) => ({
    verb: method.verb,
    // google-spreadsheet puts a slash before what follows the id, and Google takes it.
    path: new RegExp(
      `^/v4/spreadsheets/(?<spreadsheetId>[^/:]+)${method.path.startsWith('/') ? '' : '/?'}${method.path}$`,
    ),
    service: 'sheets' as const,
    method: method.name,
    handle: ({ url, headers, params, text }: RouteRequest): Answer => {
      const scopes = method.verb === 'GET' ? readScopes : writeScopes;
      const fullName = `google.apps.sheets.v4.SpreadsheetsService.${method.fullName}`;
      const user = bearer.require(headers, {
        host: 'sheets.googleapis.com',
        method: fullName,
        scopes,
        drive: false,
      });
      quotas.take(method.verb === 'GET' || method.reads ? 'read' : 'write', user);
      const query = url.searchParams;
      checkQuery(method, query);
      const spreadsheet = reachable(store, params['spreadsheetId'] ?? '');
      const request = { query, params, body: () => parseJson(text) };
      return { body: answerMethod(method, spreadsheet, request, user) };
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
