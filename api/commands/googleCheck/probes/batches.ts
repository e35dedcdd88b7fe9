import { findings, type ProbeContext, type Probe } from '../probe.ts';
import { addRange, copyRow, deleteRange, put, putText } from '../requests.ts';
import { addSheet, rangeOf, type Tab } from '../sheet.ts';

const cell = async ({ sheet }: ProbeContext, tab: Tab, row: number) =>
  (await sheet.read([rangeOf(tab, row)]))[0]?.values?.[0]?.[0] ?? '';

export const batches: readonly Probe[] = [
  {
    name: 'A batch is applied in its order',
    async run(context) {
      const { sheet, catalog, journal } = context;
      const row = context.rows(2);
      const is = findings();
      await sheet.write(putText(catalog, row, 0, 'before'));
      await sheet.write(
        copyRow(catalog, row, journal),
        putText(catalog, row, 0, 'after'),
        copyRow(catalog, row, journal, row + 1),
      );
      is.same('copied before the write', await cell(context, journal, row), 'before');
      is.same('copied after the write', await cell(context, journal, row + 1), 'after');
      return is.found;
    },
  },
  {
    name: 'A batch is applied whole or not at all',
    async run(context) {
      const { sheet, catalog, journal } = context;
      const row = context.rows(1);
      const missing = deleteRange(sheet.namedRange(0));
      const added = addRange(catalog, sheet.namedRange(1));
      const is = findings();
      await sheet.write(putText(catalog, row, 0, 'before'));
      const refusal = await sheet.refusal(
        added,
        copyRow(catalog, row, journal),
        putText(catalog, row, 0, 'after'),
        missing,
      );
      is.refused('a batch whose last request is not valid', refusal);
      is.same('the cell that it wrote', await cell(context, catalog, row), 'before');
      is.same('the cell that it copied to', await cell(context, journal, row), '');
      const { namedRangeIds } = await sheet.describe();
      is.same('its named range', namedRangeIds.includes(sheet.namedRange(1).id), false);
      return is.found;
    },
  },
  {
    name: "A named range's id is ours to choose, and excludes another of that id",
    async run({ sheet, catalog }) {
      const [first, second] = [sheet.namedRange(10), sheet.namedRange(11)];
      const is = findings();
      await sheet.write(addRange(catalog, first));
      const { namedRangeIds } = await sheet.describe();
      is.same('the id as it was chosen', namedRangeIds.includes(first.id), true);
      const sameId = { id: first.id, name: second.name };
      is.refused('adding the id again', await sheet.refusal(addRange(catalog, sameId)));
      const swap = [deleteRange(first), addRange(catalog, second)];
      is.accepted('deleting one and adding the next', await sheet.refusal(...swap));
      is.refused('the very same batch again', await sheet.refusal(...swap));
      is.refused('deleting one that is gone', await sheet.refusal(deleteRange(first)));
      const back = addRange(catalog, first);
      is.accepted('an id that was deleted', await sheet.refusal(back, deleteRange(second)));
      return is.found;
    },
  },
  {
    name: 'Of two writers that read the same state one is refused',
    async run(context) {
      const { sheet, catalog } = context;
      const row = context.rows(1);
      const is = findings();
      await sheet.write(addRange(catalog, sheet.namedRange(20)));
      for (let number = 20; number < 23; number += 1) {
        const writer = (text: string) =>
          sheet.refusal(
            deleteRange(sheet.namedRange(number)),
            addRange(catalog, sheet.namedRange(number + 1)),
            putText(catalog, row, 0, text),
          );
        const refusals = await Promise.all([writer('one'), writer('other')]);
        const landed = refusals.filter((refusal) => refusal === null).length;
        is.same(`writers that landed, try ${number - 19}`, landed, 1);
        const winner = refusals[0] === null ? 'one' : 'other';
        is.same('what stands there', await cell(context, catalog, row), winner);
      }
      return is.found;
    },
  },
  {
    name: 'One batchGet shows one moment, and a read shows the writes before it',
    async run(context) {
      const { sheet, catalog, journal } = context;
      const row = context.rows(1);
      const both = (n: number) => [
        put(catalog, row, 0, [{ numberValue: n }]),
        put(journal, row, 0, [{ numberValue: n }]),
      ];
      const look = async () =>
        (await sheet.read([rangeOf(catalog, row), rangeOf(journal, row)])).map(
          ({ values }) => values?.[0]?.[0],
        );
      const is = findings();
      await sheet.write(...both(0));
      for (let n = 1; n <= 5; n += 1) {
        const [during] = await Promise.all([look(), sheet.write(...both(n))]);
        is.same('two tabs read while both are written', during[0], during[1]);
        is.same('a read after the write', await look(), [n, n]);
      }
      return is.found;
    },
  },
  {
    name: 'A hidden tab that somebody removed can be made again under its id',
    async run({ sheet }) {
      const is = findings();
      const tab = await sheet.addTab(sheet.newTab(2, 2), true);
      await sheet.write(addRange(tab, sheet.namedRange(30)));
      await sheet.write({ deleteSheet: { sheetId: tab.sheetId } });
      const { namedRangeIds } = await sheet.describe();
      const left = sheet.namedRange(30);
      const refusal = await sheet.refusal(
        addSheet(tab, true),
        ...(namedRangeIds.includes(left.id) ? [deleteRange(left)] : []),
        addRange(tab, sheet.namedRange(31)),
      );
      is.accepted('making it, with a named range of a number never used', refusal);
      return is.found;
    },
  },
];
