import * as z from 'zod/v4-mini';
import type { Route } from '../http/route.ts';
import { invalid } from '../http/googleError.ts';
import type { Spreadsheet, Tab } from '../sheets/model/spreadsheet.ts';
import type { Store } from '../store/store.ts';
import { control, parseControl } from '../http/control.ts';

const linesSchema = z.strictObject({
  tab: z.string(),
  /** `copy` puts a copy behind the lines, as a person who copies and inserts them does. */
  action: z.enum(['insert', 'delete', 'copy', 'move']),
  /** 0-based; an insertion goes before it, at the grid's size after the last. */
  index: z.int().check(z.nonnegative()),
  count: z._default(z.int().check(z.positive()), 1),
  /** Where to move: before this line, counted as it is before the move. */
  to: z.optional(z.int().check(z.nonnegative())),
});

const sortingSchema = z.strictObject({
  tab: z.string(),
  /** 0-based. */
  column: z.int().check(z.nonnegative()),
  order: z._default(z.enum(['ASCENDING', 'DESCENDING']), 'ASCENDING'),
  /** The first row that is sorted, 0-based; without it those below the frozen rows, or the first. */
  firstRow: z.optional(z.int().check(z.nonnegative())),
});

const changeSchema = z.strictObject({ requests: z.array(z.unknown()) });

type Lines = z.infer<typeof linesSchema>;

interface Found {
  readonly spreadsheet: Spreadsheet;
  readonly tab: Tab;
}

/** Edits of people: they insert, delete, copy, move and sort lines, or send any of Google's requests. */
export function editRoutes(
  store: Store,
  one: string,
  find: (id: string | undefined, tab: string) => Found,
  existing: (id: string | undefined) => Spreadsheet,
): Route[] {
  const changeLines = (dimension: 'ROWS' | 'COLUMNS', path: string) =>
    control('POST', new RegExp(`^${one}/${path}$`), ({ params, text }) => {
      const asked = parseControl(linesSchema, text);
      const { spreadsheet, tab } = find(params['id'], asked.tab);
      store.batchUpdate(spreadsheet.spreadsheetId, requestsFor(tab, dimension, asked));
      return { body: {} };
    });
  return [
    // A person's change in the form of Google's own requests: filter, hide, group, merge …
    control('POST', new RegExp(`^${one}/change$`), ({ params, text }) => {
      const { requests } = parseControl(changeSchema, text);
      const { spreadsheetId } = existing(params['id']);
      return { body: { replies: store.batchUpdate(spreadsheetId, requests).replies } };
    }),
    changeLines('ROWS', 'rows'),
    changeLines('COLUMNS', 'columns'),
    control('POST', new RegExp(`^${one}/sort$`), ({ params, text }) => {
      const { tab: title, column, order, firstRow } = parseControl(sortingSchema, text);
      const { spreadsheet, tab } = find(params['id'], title);
      const startRowIndex = firstRow ?? Math.max(1, tab.frozenRowCount);
      if (startRowIndex >= tab.rowCount) return { body: {} };
      const range = { sheetId: tab.sheetId, startRowIndex };
      const sortSpecs = [{ dimensionIndex: column, sortOrder: order }];
      store.batchUpdate(spreadsheet.spreadsheetId, [{ sortRange: { range, sortSpecs } }]);
      return { body: {} };
    }),
  ];
}

function requestsFor(tab: Tab, dimension: 'ROWS' | 'COLUMNS', asked: Lines): object[] {
  const { action, index, count, to } = asked;
  const { sheetId } = tab;
  const size = dimension === 'ROWS' ? tab.rowCount : tab.columnCount;
  const range = { sheetId, dimension, startIndex: index, endIndex: index + count };
  switch (action) {
    case 'insert':
      return [{ insertDimension: { range, inheritFromBefore: index >= size } }];
    case 'delete':
      return [{ deleteDimension: { range } }];
    case 'move':
      if (to === undefined) throw invalid('to: say before which line to move.');
      return [{ moveDimension: { source: range, destinationIndex: to } }];
    case 'copy': {
      const behind = index + count;
      const span = (start: number) =>
        dimension === 'ROWS'
          ? { sheetId, startRowIndex: start, endRowIndex: start + count }
          : { sheetId, startColumnIndex: start, endColumnIndex: start + count };
      const inserted = { ...range, startIndex: behind, endIndex: behind + count };
      return [
        { insertDimension: { range: inserted, inheritFromBefore: true } },
        { copyPaste: { source: span(index), destination: span(behind) } },
      ];
    }
  }
}
