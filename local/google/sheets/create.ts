import * as z from 'zod/v4-mini';
import type { BearerCheck } from '../access/bearer.ts';
import { notImplemented } from '../http/googleError.ts';
import { parseJson, parseMessage } from '../http/json.ts';
import type { Answer, Route } from '../http/route.ts';
import type { QuotaCheck } from '../quotas/quotas.ts';
import type { Store } from '../store/store.ts';
import { writeScopes } from './method.ts';
import type { Spreadsheet } from './model.ts';

const size = z.optional(z.int('TYPE_INT32'));

const body = z.strictObject({
  properties: z._default(
    z.strictObject({
      title: z._default(z.string('TYPE_STRING'), 'Untitled spreadsheet'),
      /** Taken, and without effect: every spreadsheet here is en_US. */
      locale: z.optional(z.string('TYPE_STRING')),
      autoRecalc: z.optional(z.string('TYPE_STRING')),
      timeZone: z.optional(z.string('TYPE_STRING')),
    }),
    { title: 'Untitled spreadsheet' },
  ),
  sheets: z._default(
    z.array(
      z.looseObject({
        properties: z._default(
          z.looseObject({
            title: z.optional(z.string('TYPE_STRING')),
            gridProperties: z.optional(z.looseObject({ rowCount: size, columnCount: size })),
          }),
          {},
        ),
        data: z.optional(z.unknown()),
      }),
    ),
    [],
  ),
});

interface Parts {
  readonly store: Store;
  readonly bearer: BearerCheck;
  readonly quotas: QuotaCheck;
  readonly resource: (spreadsheet: Spreadsheet, user: string) => object;
}

/** `spreadsheets.create`: the caller may use what it made. */
export function createRoute({ store, bearer, quotas, resource }: Parts): Route {
  return {
    verb: 'POST',
    path: /^\/v4\/spreadsheets\/?$/,
    service: 'sheets',
    method: 'create',
    handle: ({ headers, text }): Answer => {
      const user = bearer.require(headers, {
        host: 'sheets.googleapis.com',
        method: 'google.apps.sheets.v4.SpreadsheetsService.CreateSpreadsheet',
        scopes: writeScopes,
        drive: false,
      });
      quotas.take('write', user);
      const { properties, sheets } = parseMessage(body, parseJson(text));
      if (sheets.some(({ data }) => data !== undefined)) {
        throw notImplemented('grid data in spreadsheets.create');
      }
      const tabs = sheets.map(({ properties: tab }, index) => ({
        title: tab.title ?? `Sheet${index + 1}`,
        rowCount: tab.gridProperties?.rowCount,
        columnCount: tab.gridProperties?.columnCount,
      }));
      const made = store.create(
        properties.title,
        tabs.length > 0 ? tabs : [{ title: 'Sheet1' }],
        true,
      );
      return { body: resource(made, user) };
    },
  };
}
