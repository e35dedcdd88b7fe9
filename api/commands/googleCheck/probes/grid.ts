import { gridSize } from '../../../../core/google/index.ts';
import { findings, type Probe } from '../probe.ts';
import { insertLines, put, putText } from '../requests.ts';
import { addSheet, messageOf, rangeOf } from '../sheet.ts';

export const grid: readonly Probe[] = [
  {
    name: 'A self-signed JWT is enough to sign in',
    async run({ sheet }) {
      const is = findings();
      is.same('tabs that are seen', (await sheet.describe()).tabs.length > 0, true);
      return is.found;
    },
  },
  {
    name: "The portal chooses a tab's id, and Google refuses a second tab with that id",
    async run({ sheet, catalog, journal }) {
      const is = findings();
      const { tabs } = await sheet.describe();
      const ids = tabs.map(({ sheetId }) => sheetId);
      is.same('the id as it was chosen', ids.includes(catalog.sheetId), true);
      const hidden = tabs.find(({ sheetId }) => sheetId === journal.sheetId)?.hidden;
      is.same('the other tab is hidden', hidden, true);
      const other = sheet.newTab(2, 2);
      sheet.tabs.push({ ...other, sheetId: catalog.sheetId });
      const sameId = addSheet({ ...other, sheetId: catalog.sheetId });
      is.refused('adding the id again', await sheet.refusal(sameId));
      return is.found;
    },
  },
  {
    name: "Google accepts a tab's present title again, and refuses a title that another tab has",
    async run({ sheet, catalog, journal }) {
      const is = findings();
      const titled = (title: string) => ({
        updateSheetProperties: { properties: { sheetId: catalog.sheetId, title }, fields: 'title' },
      });
      is.accepted('its own title', await sheet.refusal(titled(catalog.title)));
      is.refused("the other's title", await sheet.refusal(titled(journal.title)));
      return is.found;
    },
  },
  {
    name: 'batchGet reads hidden tabs, in the order asked, and its ranges tell the grid',
    async run({ sheet, catalog, journal }) {
      const is = findings();
      const [first, second] = await sheet.read([rangeOf(journal), rangeOf(catalog)]);
      const size = ({ rows, columns }: { rows: number; columns: number }) => ({ rows, columns });
      is.same('the hidden tab', gridSize(first?.range ?? ''), size(journal));
      is.same('the other', gridSize(second?.range ?? ''), size(catalog));
      return is.found;
    },
  },
  {
    name: 'Empty cells and rows at the end are left out, others are not',
    async run({ sheet }) {
      const is = findings();
      const tab = await sheet.addTab(sheet.newTab(5, 4));
      const [empty] = await sheet.read([rangeOf(tab)]);
      is.same('an empty tab', empty?.values, undefined);
      is.same("an empty tab's grid", gridSize(empty?.range ?? ''), { rows: 5, columns: 4 });
      await sheet.write(putText(tab, 0, 1, 'b'), putText(tab, 2, 0, 'a'));
      const [found] = await sheet.read([rangeOf(tab)]);
      is.same('rows', found?.values, [['', 'b'], [], ['a']]);
      return is.found;
    },
  },
  {
    name: "Rows and columns can be put in at the grid's very end, and written in the same batch",
    async run({ sheet }) {
      const is = findings();
      const tab = await sheet.addTab(sheet.newTab(3, 3));
      await sheet.write(put(tab, 2, 0, [{ stringValue: 'last' }]));
      const refusal = await sheet.refusal(
        insertLines(tab, 'ROWS', 3, 5),
        insertLines(tab, 'COLUMNS', 3, 4),
        putText(tab, 4, 3, 'new'),
      );
      is.accepted('the batch', refusal);
      const [found] = await sheet.read([rangeOf(tab)]);
      is.same('the grid', gridSize(found?.range ?? ''), { rows: 5, columns: 4 });
      is.same('the rows', found?.values, [[], [], ['last'], [], ['', '', '', 'new']]);
      is.accepted('a row in between', await sheet.refusal(insertLines(tab, 'ROWS', 2, 3)));
      const [moved] = await sheet.read([rangeOf(tab, 3)]);
      is.same('what stood below', moved?.values, [['last']]);
      return is.found;
    },
  },
  {
    name: 'A write beyond the grid is refused',
    async run({ sheet, catalog }) {
      const is = findings();
      const below = await sheet.refusal(putText(catalog, catalog.rows, 0, 'x'));
      is.refused('a row below the grid', below);
      const beside = await sheet.refusal(putText(catalog, 0, catalog.columns, 'x'));
      is.refused('a column beside it', beside);
      return is.found;
    },
  },
  {
    name: 'Reading a tab that is gone is refused with 400',
    async run({ sheet }) {
      const is = findings();
      const error = await sheet.read([rangeOf(sheet.newTab(1, 1))]).catch((e: unknown) => e);
      is.same('the refusal', /Unable to parse range/.test(messageOf(error)), true);
      return is.found;
    },
  },
];
