import { describe, expect, it } from '@jest/globals';
import { parseDecisions, prepareSheet } from '../../../index.ts';
import { aHost, aSheet } from '../../direct/test/memorySheet.ts';
import { aRow, HEADER, idOf, TAB } from '../../direct/test/rows.ts';

const ID = HEADER.indexOf('MATERIAL_ID');
const prepare = ({ transport }: ReturnType<typeof aSheet>) =>
  prepareSheet({ transport, tab: TAB, decisions: parseDecisions({}), host: aHost() });

describe('Preparing a sheet in which people merged cells of MATERIAL_ID', () => {
  it('gives ids to all other rows, writes the covered cell once, and reports its row', async () => {
    const sheet = aSheet([
      HEADER,
      aRow('Daun', '', ''),
      aRow('Akar', '', ''),
      aRow('Biji', '', ''),
    ]);
    sheet.person.merges(1, 3, ID);
    const { rowsWithoutId } = await prepare(sheet);
    expect(rowsWithoutId).toEqual([3]);
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(sheet.column('MATERIAL_ID')).toEqual([uuid, '', uuid]);
    // Ids, then the layout: a covered cell is not tried again and again.
    expect(sheet.sent.filter((method) => method === 'write')).toHaveLength(2);
  });

  it('keeps the ids that are there', async () => {
    const sheet = aSheet([HEADER, aRow('Daun', '', idOf(1)), aRow('Akar', '', '')]);
    await prepare(sheet);
    expect(sheet.column('MATERIAL_ID')[0]).toBe(idOf(1));
  });
});
