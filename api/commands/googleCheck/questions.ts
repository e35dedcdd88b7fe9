import { area, copyRows, put, putText } from './requests.ts';
import { rangeOf, type CheckedSheet, type Request, type Tab } from './sheet.ts';

/** Something that nobody knows of Google, and that the portal is safe with either way. */
export interface Question {
  /** Its heading in docs/google.md. */
  readonly name: string;
  /** @returns what Google does: a value of the stand-in's switch, or another text */
  readonly ask: (sheet: CheckedSheet) => Promise<string>;
}

const texts = (tab: Tab, ...values: string[]): Request[] =>
  values.map((value, row) => putText(tab, row, 0, value));

const firstColumn = async (sheet: CheckedSheet, tab: Tab): Promise<string[]> =>
  ((await sheet.read([rangeOf(tab)]))[0]?.values ?? []).map(([cell]) => String(cell ?? ''));

const newTab = (sheet: CheckedSheet) => sheet.addTab(sheet.newTab(8, 4));

/** Hides those of the first four rows that have this text in their first cell. */
const hideText = (tab: Tab, value: string): Request => ({
  setBasicFilter: {
    filter: { range: area(tab, 0, 0, 4, 1), criteria: { 0: { hiddenValues: [value] } } },
  },
});

const hideRow = (tab: Tab, row: number): Request => ({
  updateDimensionProperties: {
    range: { sheetId: tab.sheetId, dimension: 'ROWS', startIndex: row, endIndex: row + 1 },
    properties: { hiddenByUser: true },
    fields: 'hiddenByUser',
  },
});

const insertAfter = (tab: Tab, row: number): Request => ({
  insertDimension: {
    range: { sheetId: tab.sheetId, dimension: 'ROWS', startIndex: row + 1, endIndex: row + 2 },
    inheritFromBefore: true,
  },
});

/** The name of the outcome that was found; a text with what was found if it is none of them. */
function among(outcomes: Readonly<Record<string, readonly string[]>>, found: readonly string[]) {
  const same = Object.entries(outcomes).find(([, one]) => one.join('\n') === found.join('\n'));
  return same ? same[0] : `something else: ${JSON.stringify(found)}`;
}

/** Copies four rows of which the third is hidden, and looks which arrived. */
async function copyWithHidden(sheet: CheckedSheet, hide: (tab: Tab) => Request): Promise<string> {
  const [from, to] = [await newTab(sheet), await newTab(sheet)];
  await sheet.write(...texts(from, 'head', 'a', 'b', 'c'), hide(from));
  await sheet.write(copyRows(from, to, 4));
  const outcomes = { copied: ['head', 'a', 'b', 'c'], skipped: ['head', 'a', 'c'] };
  return among(outcomes, await firstColumn(sheet, to));
}

const refusedOr = (accepted: string, refusal: string | null) =>
  refusal === null ? accepted : 'refused';

export const questions: readonly Question[] = [
  {
    name: 'Whether copyPaste copies rows that a filter hides',
    ask: (sheet) => copyWithHidden(sheet, (tab) => hideText(tab, 'b')),
  },
  {
    name: 'Whether copyPaste copies rows that a person hides',
    ask: (sheet) => copyWithHidden(sheet, (tab) => hideRow(tab, 2)),
  },
  {
    name: 'Whether updateCells writes to rows that a filter hides',
    async ask(sheet) {
      const tab = await newTab(sheet);
      await sheet.write(...texts(tab, 'head', 'a', 'b', 'c'), hideText(tab, 'b'));
      await sheet.write(putText(tab, 2, 0, 'new'));
      const outcomes = { written: ['head', 'a', 'new', 'c'], skipped: ['head', 'a', 'b', 'c'] };
      return among(outcomes, await firstColumn(sheet, tab));
    },
  },
  {
    name: 'What a GridRange that ends beyond the grid does',
    async ask(sheet) {
      const tab = await newTab(sheet);
      const beyond = area(tab, tab.rows - 1, 0, 3, 1);
      const written = await sheet.refusal({
        updateCells: { range: beyond, fields: 'userEnteredValue' },
      });
      const copied = await sheet.refusal({
        copyPaste: {
          source: area(tab, 0, 0, 3, 1),
          destination: beyond,
          pasteType: 'PASTE_FORMULA',
        },
      });
      const [cells, rows] = [refusedOr('clipped', written), refusedOr('clipped', copied)];
      return cells === rows ? cells : `updateCells: ${cells}, copyPaste: ${rows}`;
    },
  },
  {
    name: 'What becomes of a value written to a cell that a merge covers',
    async ask(sheet) {
      const tab = await newTab(sheet);
      const range = area(tab, 0, 0, 2, 1);
      await sheet.write(...texts(tab, 'head'), { mergeCells: { range, mergeType: 'MERGE_ALL' } });
      await sheet.write(putText(tab, 1, 0, 'covered'));
      const [, during = ''] = await firstColumn(sheet, tab);
      await sheet.write({ unmergeCells: { range } });
      const [, after = ''] = await firstColumn(sheet, tab);
      const outcomes = { lost: ['', ''], kept: ['covered', 'covered'], unseen: ['', 'covered'] };
      return among(outcomes, [during, after]);
    },
  },
  {
    name: 'Whether a row inserted in a filtered range is hidden',
    async ask(sheet) {
      const tab = await newTab(sheet);
      await sheet.write(...texts(tab, 'head', 'a', 'b', 'c'), hideText(tab, 'b'));
      await sheet.write(insertAfter(tab, 1), putText(tab, 2, 0, 'b'));
      return (await sheet.hiddenRows(tab, 'hiddenByFilter')).includes(2) ? 'hidden' : 'shown';
    },
  },
  {
    name: 'Whether a row that inherits from a hidden row is hidden',
    async ask(sheet) {
      const tab = await newTab(sheet);
      await sheet.write(hideRow(tab, 1), insertAfter(tab, 1));
      return (await sheet.hiddenRows(tab, 'hiddenByUser')).includes(2) ? 'hidden' : 'shown';
    },
  },
  {
    name: 'What FORMULA reads where an array formula shows a value',
    async ask(sheet) {
      const tab = await newTab(sheet);
      await sheet.write(put(tab, 0, 0, [{ formulaValue: '={"a";"b"}' }]));
      const [, second = ''] = await firstColumn(sheet, tab);
      return among({ value: ['b'], nothing: [''] }, [second]);
    },
  },
  {
    name: 'Whether blank cells of a PASTE_FORMULA clear their destination',
    async ask(sheet) {
      const [from, to] = [await newTab(sheet), await newTab(sheet)];
      await sheet.write(...texts(to, 'before'), copyRows(from, to, 1));
      return among({ clear: [''], keep: ['before'] }, [(await firstColumn(sheet, to))[0] ?? '']);
    },
  },
  {
    name: "Whether a removed tab's named range is still taken",
    async ask(sheet) {
      const [tab, other] = [await newTab(sheet), await newTab(sheet)];
      const { id, name } = sheet.namedRange(40);
      const added = (to: Tab): Request => ({
        addNamedRange: { namedRange: { namedRangeId: id, name, range: area(to, 0, 0) } },
      });
      await sheet.write(added(tab));
      await sheet.write({ deleteSheet: { sheetId: tab.sheetId } });
      return (await sheet.refusal(added(other))) === null ? 'free' : 'taken';
    },
  },
  {
    name: 'What a range of responseRanges beyond the grid does',
    async ask(sheet) {
      const tab = await newTab(sheet);
      const refusal = await sheet.refusalShowing(
        [rangeOf(tab, tab.rows + 5)],
        putText(tab, 0, 0, 'written'),
      );
      const isWritten = (await firstColumn(sheet, tab))[0] === 'written';
      if (refusal !== null && isWritten) return 'refused, and the batch is applied all the same';
      return refusedOr('clipped', refusal);
    },
  },
];
