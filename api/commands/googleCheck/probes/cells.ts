import { CELL_LIMIT } from '../../../../core/index.ts';
import { findings, type ProbeContext, type Probe } from '../probe.ts';
import { area, copyRow, put, putText } from '../requests.ts';
import { rangeOf, type Tab } from '../sheet.ts';

/** Texts that a person's typing would turn into something else. */
const TEXTS = [
  '=1+1',
  '+62 812',
  '-5 derajat',
  '@guru',
  "'apostrof",
  '007',
  '1.50',
  '2026-11-23',
  'TRUE',
  ' spasi ',
  'baris satu\nbaris dua',
  'a\u00a0b',
  '👩🏽‍🏫 é e\u0301 中',
];

const DATE: { userEnteredFormat: { numberFormat: { type: string; pattern: string } } } = {
  userEnteredFormat: { numberFormat: { type: 'DATE', pattern: 'yyyy-mm-dd' } },
};

const line = async ({ sheet }: ProbeContext, tab: Tab, row: number, render?: string) =>
  (await sheet.read([rangeOf(tab, row)], render))[0]?.values?.[0] ?? [];

/** A cell that holds a date, as a person's would. */
const dateCell = (tab: Tab, row: number, column: number, serial: number) => ({
  updateCells: {
    range: area(tab, row, column),
    rows: [{ values: [{ userEnteredValue: { numberValue: serial }, ...DATE }] }],
    fields: 'userEnteredValue,userEnteredFormat.numberFormat',
  },
});

export const cells: readonly Probe[] = [
  {
    name: 'A stringValue is text to the letter, whatever it begins with',
    async run(context) {
      const row = context.rows(1);
      const { sheet, catalog } = context;
      const is = findings();
      await sheet.write(
        put(
          catalog,
          row,
          0,
          TEXTS.map((stringValue) => ({ stringValue })),
        ),
      );
      is.same('read with FORMULA', await line(context, catalog, row), TEXTS);
      is.same('as a value', await line(context, catalog, row, 'UNFORMATTED_VALUE'), TEXTS);
      return is.found;
    },
  },
  {
    name: 'FORMULA gives formulas as text, numbers as numbers, dates as serials',
    async run(context) {
      const row = context.rows(1);
      const { sheet, catalog } = context;
      const is = findings();
      await sheet.write(
        put(catalog, row, 0, [{ formulaValue: '=1+1' }, { numberValue: 1.5 }, { boolValue: true }]),
        dateCell(catalog, row, 3, 45_000),
        put(catalog, row, 4, [{ formulaValue: '=1/0' }]),
      );
      is.same('read', await line(context, catalog, row), ['=1+1', 1.5, true, 45_000, '=1/0']);
      await sheet.write(put(catalog, row, 0, [{ formulaValue: '=1+1' }, { stringValue: '=1+1' }]));
      const shown = await line(context, catalog, row, 'UNFORMATTED_VALUE');
      is.same('shown', shown.slice(0, 2), [2, '=1+1']);
      return is.found;
    },
  },
  {
    name: 'PASTE_FORMULA copies what was entered, to the same place in another tab',
    async run(context) {
      const row = context.rows(1);
      const { sheet, catalog, journal } = context;
      const is = findings();
      const entered = [...TEXTS.slice(0, 9).map((stringValue) => ({ stringValue }))];
      const more = [
        { numberValue: 1.5 },
        { boolValue: false },
        { formulaValue: `=A${row + 1}&"x"` },
      ];
      await sheet.write(
        put(catalog, row, 0, [...entered, ...more]),
        dateCell(catalog, row, entered.length + more.length, 45_000),
        copyRow(catalog, row, journal),
      );
      const original = await line(context, catalog, row);
      is.same('the copy', await line(context, journal, row), original);
      is.same('cells that were copied', original.length, entered.length + more.length + 1);
      const values = await line(context, journal, row, 'UNFORMATTED_VALUE');
      is.same('the copied text "=1+1" as a value', values[0], '=1+1');
      return is.found;
    },
  },
  {
    name: 'updateCells with a range and no rows empties it',
    async run(context) {
      const row = context.rows(1);
      const { sheet, catalog } = context;
      const is = findings();
      await sheet.write(put(catalog, row, 0, [{ stringValue: 'x' }, { formulaValue: '=1+1' }]));
      await sheet.write({
        updateCells: { range: area(catalog, row, 0, 1, 2), fields: 'userEnteredValue' },
      });
      is.same('what is left', await line(context, catalog, row), []);
      return is.found;
    },
  },
  {
    name: 'A cell holds 50,000 characters, and one more refuses the batch',
    async run(context) {
      const row = context.rows(1);
      const { sheet, catalog } = context;
      const is = findings();
      const full = 'x'.repeat(CELL_LIMIT);
      is.accepted('50,000 characters', await sheet.refusal(putText(catalog, row, 0, full)));
      is.refused('50,001', await sheet.refusal(putText(catalog, row, 0, `${full}x`)));
      is.same('what stands there', (await line(context, catalog, row))[0] === full, true);
      return is.found;
    },
  },
];
