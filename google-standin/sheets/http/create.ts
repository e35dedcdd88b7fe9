import * as z from 'zod/v4-mini';
import type { BearerCheck } from '../../access/bearer.ts';
import { notImplemented } from '../../http/googleError.ts';
import type { Answer, Route } from '../../http/route.ts';
import { readBody, sheetsNames } from '../../names/index.ts';
import type { QuotaCheck } from '../../quotas/quotas.ts';
import type { Store } from '../../store/store.ts';
import type { NewTab } from '../../store/saved.ts';
import { sheetPropertiesSchema, type SheetProperties } from '../batch/messages.ts';
import { writeScopes } from './method.ts';
import type { Spreadsheet } from '../model/spreadsheet.ts';
import { fixedProperties } from '../model/properties.ts';

const bodySchema = z.strictObject({
  properties: z._default(
    z.strictObject({
      title: z._default(z.string('TYPE_STRING'), 'Untitled spreadsheet'),
      locale: z.optional(z.string('TYPE_STRING')),
      autoRecalc: z.optional(z.string('TYPE_STRING')),
      timeZone: z.optional(z.string('TYPE_STRING')),
    }),
    { title: 'Untitled spreadsheet' },
  ),
  sheets: z._default(
    z.array(z.strictObject({ properties: z._default(sheetPropertiesSchema, {}) })),
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
      const { properties, sheets } = readBody(sheetsNames, 'Spreadsheet', bodySchema, text, [
        'spreadsheet',
      ]);
      refuseOther(properties);
      const tabs = sheets.map((sheet, index) => newTab(sheet.properties, index));
      const looks = sheets.flatMap((sheet, index) => lookRequest(sheet.properties, index));
      const made = store.create(
        properties.title,
        tabs.length > 0 ? tabs : [{ title: 'Sheet1' }],
        true,
      );
      const { spreadsheet } =
        looks.length > 0
          ? store.batchUpdate(made.spreadsheetId, looks, user)
          : { spreadsheet: made };
      return { body: resource(spreadsheet, user) };
    },
  };
}

/** @throws GoogleError 501 for a value that no spreadsheet here has */
function refuseOther(asked: Partial<Record<keyof typeof fixedProperties, string | undefined>>) {
  for (const name of ['locale', 'autoRecalc', 'timeZone'] as const) {
    const value = asked[name] ?? fixedProperties[name];
    if (value !== fixedProperties[name]) {
      throw notImplemented(`spreadsheets.create with the ${name} ${value}`);
    }
  }
}

/** A size of 0 is a new tab's (tidyverse/googlesheets4#70). */
function newTab({ title, gridProperties }: SheetProperties, place: number): NewTab {
  return {
    title: title ?? `Sheet${place + 1}`,
    rowCount: gridProperties?.rowCount || undefined,
    columnCount: gridProperties?.columnCount || undefined,
  };
}

/** The properties that a new tab cannot be made with, as a change of it. Its id is its place. */
function lookRequest(asked: SheetProperties, place: number): object[] {
  const { sheetId, sheetType = 'GRID', index = place, gridProperties = {} } = asked;
  if (sheetId !== undefined) throw notImplemented('spreadsheets.create with the id of a sheet');
  if (sheetType !== 'GRID') throw notImplemented(`spreadsheets.create with a sheet ${sheetType}`);
  if (index !== place) throw notImplemented('spreadsheets.create with sheets in another order');
  const names = ['hidden', 'rightToLeft', 'tabColor', 'tabColorStyle'];
  const grid = Object.keys(gridProperties).filter(
    (name) => name !== 'rowCount' && name !== 'columnCount',
  );
  const fields = [
    ...names.filter((name) => name in asked),
    ...grid.map((name) => `gridProperties.${name}`),
  ];
  const properties = { ...asked, sheetId: place };
  return fields.length > 0
    ? [{ updateSheetProperties: { properties, fields: fields.join(',') } }]
    : [];
}
