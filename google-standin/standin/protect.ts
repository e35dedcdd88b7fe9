import * as z from 'zod/v4-mini';
import { GoogleError } from '../http/googleError.ts';
import type { Route } from '../http/route.ts';
import { parseArea } from '../sheets/model/a1.ts';
import type { GridRange, Spreadsheet, Tab } from '../sheets/model/spreadsheet.ts';
import type { Store } from '../store/store.ts';
import { control, parseControl } from '../http/control.ts';

const protectionSchema = z.strictObject({
  tab: z.string(),
  /** Without it the whole tab; `B:B` goes as far down as the grid ever does. */
  a1: z.optional(z.string()),
});

const replySchema = z.tuple([
  z.object({
    addProtectedRange: z.object({
      protectedRange: z.looseObject({ protectedRangeId: z.number() }),
    }),
  }),
]);

/** The spreadsheet's owner protects cells from all others, and ends anyone's protection. */
export function protectRoutes(
  store: Store,
  one: string,
  find: (id: string | undefined, tab: string) => { spreadsheet: Spreadsheet; tab: Tab },
): Route[] {
  return [
    control('POST', new RegExp(`^${one}/protect$`), ({ params, text }) => {
      const asked = parseControl(protectionSchema, text);
      const { spreadsheet, tab } = find(params['id'], asked.tab);
      const range = rangeOf(tab, asked.a1);
      const request = { addProtectedRange: { protectedRange: { range } } };
      const { replies } = store.batchUpdate(spreadsheet.spreadsheetId, [request]);
      const [{ addProtectedRange }] = z.parse(replySchema, replies);
      const { protectedRangeId } = addProtectedRange.protectedRange;
      return { status: 201, body: { protectedRangeId } };
    }),
    control(
      'DELETE',
      new RegExp(`^${one}/protect/(?<protectedRangeId>[0-9]+)$`),
      ({ params: { id = '', protectedRangeId } }) => {
        if (!store.get(id)) throw new GoogleError(404, `There is no spreadsheet ${id}.`);
        const request = { deleteProtectedRange: { protectedRangeId: Number(protectedRangeId) } };
        store.batchUpdate(id, [request]);
        return { body: {} };
      },
    ),
  ];
}

function rangeOf({ sheetId }: Tab, a1: string | undefined): GridRange {
  if (a1 === undefined) return { sheetId };
  const area = parseArea(a1);
  if (!area) throw new GoogleError(400, `a1: "${a1}" is no range like A1:B2, B:B or 1:1.`);
  const { start, end } = area;
  return {
    sheetId,
    ...(start.row === undefined ? {} : { startRowIndex: start.row }),
    ...(end.row === undefined ? {} : { endRowIndex: end.row + 1 }),
    ...(start.column === undefined ? {} : { startColumnIndex: start.column }),
    ...(end.column === undefined ? {} : { endColumnIndex: end.column + 1 }),
  };
}
