import * as z from 'zod/v4-mini';
import {
  booleanParameter,
  googleBooleanSchema,
  readParsed,
  sheetsNames,
} from '../../names/index.ts';
import type { Store } from '../../store/store.ts';
import { gridDataMask } from './answerMask.ts';
import { dataFilterSchema, filteredRange, withRanges } from './gridData.ts';
import type { Method } from './method.ts';
import type { Spreadsheet } from '../model/spreadsheet.ts';
import { spreadsheetResource } from '../model/properties.ts';
import { unknownsOf } from '../model/unknowns.ts';
import { valuesMethods } from './valuesMethods.ts';

/** A body may repeat what its path says. */
const spreadsheetIdSchema = z.optional(z.string('TYPE_STRING'));

const batchBodySchema = z.strictObject({
  spreadsheetId: spreadsheetIdSchema,
  requests: z._default(z.array(z.unknown()), []),
  includeSpreadsheetInResponse: z.optional(googleBooleanSchema),
  responseRanges: z.optional(z.array(z.string())),
  responseIncludeGridData: z.optional(googleBooleanSchema),
});

const filterBodySchema = z.strictObject({
  spreadsheetId: spreadsheetIdSchema,
  dataFilters: z._default(z.array(dataFilterSchema), []),
  includeGridData: z._default(googleBooleanSchema, false),
  excludeTablesInBandedRanges: z.optional(googleBooleanSchema),
});

/** A spreadsheet as an account sees it, with the address of its page. */
export type Resource = (
  spreadsheet: Spreadsheet,
  user: string,
) => ReturnType<typeof spreadsheetResource>;

/** The methods of Sheets v4 on one spreadsheet. */
export function sheetsMethods(store: Store, resource: Resource): Method[] {
  return [
    {
      name: 'get',
      fullName: 'GetSpreadsheet',
      answer: 'Spreadsheet',
      verb: 'GET',
      path: '',
      parameters: ['includeGridData', 'ranges', 'excludeTablesInBandedRanges'],
      handle: (spreadsheet, { query }, user) => {
        const asked = query.getAll('ranges');
        const ranges = asked.length > 0 ? asked : null;
        const flag = booleanParameter(query, 'includeGridData');
        const cells = gridDataMask(query.get('fields'), flag);
        return withRanges(resource(spreadsheet, user), spreadsheet, ranges, cells);
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
      handle: (spreadsheet, { query, body }, user) => {
        const { dataFilters, includeGridData } = readParsed(
          sheetsNames,
          'GetSpreadsheetByDataFilterRequest',
          filterBodySchema,
          body(),
        );
        const ranges = dataFilters.map((filter) => filteredRange(spreadsheet, filter));
        const cells = gridDataMask(query.get('fields'), includeGridData);
        return withRanges(resource(spreadsheet, user), spreadsheet, ranges, cells);
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
      handle: ({ spreadsheetId }, request, user) => {
        const body = readParsed(
          sheetsNames,
          'BatchUpdateSpreadsheetRequest',
          batchBodySchema,
          request.body(),
        );
        const cells = gridDataMask(
          request.query.get('fields'),
          body.responseIncludeGridData ?? false,
          'updatedSpreadsheet',
        );
        const updated = (spreadsheet: Spreadsheet) =>
          withRanges(
            resource(spreadsheet, user),
            spreadsheet,
            body.responseRanges ?? null,
            cells,
            unknownsOf(spreadsheet).responseRangeBeyondGrid,
          );
        if (!body.includeSpreadsheetInResponse) {
          const { replies } = store.batchUpdate(spreadsheetId, body.requests, user);
          return { spreadsheetId, replies };
        }
        const { replies, shown } = store.batchUpdateAndShow(
          spreadsheetId,
          body.requests,
          user,
          updated,
        ).replies;
        return { spreadsheetId, replies, updatedSpreadsheet: shown };
      },
    },
  ];
}
