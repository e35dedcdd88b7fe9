import { describe, expect, it } from '@jest/globals';
import { openSheet, SheetError, writeMaterials, type DirectRequest } from '../../../index.ts';
import { aHost, aSheet, killed, lost } from './memorySheet.ts';
import { aRow, HEADER, idOf, TAB } from './rows.ts';

const [DAUN, AKAR] = [idOf(1), idOf(2)];

const twoRows = (unknowns = {}) =>
  aSheet(
    [HEADER, aRow('Daun', 'Tentang daun', DAUN), aRow('Akar', 'Tentang akar', AKAR)],
    unknowns,
  );
const BATANG = aRow('Batang', 'Tentang batang', idOf(3));

const updateAkar: DirectRequest = {
  operation: 'update',
  items: [{ id: AKAR, description: 'Baru' }],
};

/** The first batch of a spreadsheet makes the hidden tab, which takes more requests. */
async function withJournal(sheet: ReturnType<typeof aSheet>) {
  const items = [{ id: DAUN, theme: 'Tumbuhan' }];
  await writeMaterials(sheet.open(), { operation: 'update', items }, aHost());
  sheet.sent.length = 0;
  return sheet;
}

describe('The number of requests', () => {
  const COUNT = 1_000;
  const numbers = Array.from({ length: COUNT }, (_, at) => at + 1);
  const thousandRows = () =>
    aSheet([HEADER, ...numbers.map((n) => aRow(`Materi ${n}`, 'Lama', idOf(n)))]);
  const described = (title: string) => ({ title, subject: 'IPA', description: 'Baru' });

  it.each<[string, DirectRequest]>([
    ['create', { operation: 'create', items: numbers.map((n) => described(`Baru ${n}`)) }],
    [
      'update',
      { operation: 'update', items: numbers.map((n) => ({ id: idOf(n), description: 'Baru' })) },
    ],
    [
      'create or update',
      {
        operation: 'createOrUpdate',
        key: ['title'],
        items: numbers.map((n) => described(n <= COUNT / 2 ? `Materi ${n}` : `Baru ${n}`)),
      },
    ],
  ])('is one read and one write for %s with 1,000 items', async (_, request) => {
    const sheet = await withJournal(thousandRows());
    const results = await writeMaterials(sheet.open(), request, aHost());
    expect(sheet.sent).toEqual(['read', 'write']);
    expect(results.filter(({ kind }) => kind === 'created' || kind === 'updated')).toHaveLength(
      COUNT,
    );
    expect(sheet.column('MATERIAL_DESC').filter((text) => text === 'Baru')).toHaveLength(COUNT);
  });

  it('is one read more where the answer to the write is lost', async () => {
    const sheet = await withJournal(twoRows());
    const host = aHost();
    const [result] = await writeMaterials(sheet.open({ after: lost }), updateAkar, host);
    expect(result).toMatchObject({ kind: 'updated', before: { description: 'Tentang akar' } });
    expect(host.waits).toHaveLength(1);
    // After a write without an answer, the tabs are listed again too.
    expect(sheet.sent).toEqual(['read', 'write', 'describe', 'read']);
    expect(sheet.column('MATERIAL_DESC')).toEqual(['Tentang daun', 'Baru']);
  });
});

describe('Other writers', () => {
  const updateDaun = (n: number): DirectRequest => ({
    operation: 'update',
    items: [{ id: DAUN, theme: `Tema ${n}` }],
  });

  it('whose batches land while the named ranges are read only delay a write', async () => {
    const sheet = twoRows();
    let others = 0;
    const transport = {
      ...sheet.transport,
      describe: async () => {
        const described = await sheet.transport.describe();
        if ((others += 1) <= 4) await writeMaterials(sheet.open(), updateDaun(others), aHost());
        return described;
      },
    };
    const [result] = await writeMaterials(openSheet(transport, TAB), updateAkar, aHost());
    expect(result?.kind).toBe('updated');
    expect(sheet.column('MATERIAL_DESC')).toEqual(['Tentang daun', 'Baru']);
    expect(sheet.column('MATERIAL_THEME')).toEqual(['Tema 4', '']);
  });

  it('do not explain that Google refuses a batch by itself', async () => {
    const sheet = await withJournal(twoRows());
    const transport = {
      ...sheet.transport,
      write: () => Promise.reject(new SheetError('refused', 'The range is protected.')),
    };
    const [result] = await writeMaterials(openSheet(transport, TAB), updateAkar, aHost());
    expect(result).toMatchObject({ kind: 'failed', message: 'The range is protected.' });
  });
});

describe('A result', () => {
  it('has the row as the answer to the write shows it', async () => {
    const sheet = await withJournal(twoRows());
    const [result] = await writeMaterials(
      sheet.open(),
      {
        operation: 'createOrUpdate',
        key: ['title'],
        items: [{ title: 'Akar', theme: 'Tanah' }],
      },
      aHost(),
    );
    expect(result).toMatchObject({
      kind: 'updated',
      row: { row: 2, id: AKAR, fields: { title: 'Akar', theme: 'Tanah' } },
    });
  });

  it('names a cell that a merge covers, and the cell is not written again', async () => {
    const sheet = await withJournal(twoRows());
    sheet.person.merges(1, 3, 2);
    const [result] = await writeMaterials(sheet.open(), updateAkar, aHost());
    expect(result).toMatchObject({ kind: 'unchanged', notKept: ['description'], before: {} });
    expect(sheet.sent).toEqual(['read', 'write']);
    expect(sheet.column('MATERIAL_DESC')[0]).toBe('Tentang daun');
  });
});

describe('A person who pastes a row above the row that is written', () => {
  it('keeps the text of the pasted row, and the item is written to its own row', async () => {
    const sheet = await withJournal(twoRows());
    const around = { before: () => sheet.person.insertsRow(2, BATANG) };
    const [result] = await writeMaterials(sheet.open(around), updateAkar, aHost());
    expect(result).toMatchObject({
      kind: 'updated',
      before: { description: 'Tentang akar' },
      unplaced: [],
    });
    expect(sheet.column('MATERIAL_DESC')).toEqual(['Tentang daun', 'Tentang batang', 'Baru']);
    // The rollback follows in the next request: no read is between them.
    expect(sheet.sent).toEqual(['read', 'write', 'write', 'read', 'write']);
  });

  it('keeps also what the person types in the pasted row before the rollback', async () => {
    const sheet = await withJournal(twoRows());
    const pastes = { before: () => sheet.person.insertsRow(2, BATANG) };
    const types = { before: () => sheet.person.types('F3', 'Tema guru') };
    await writeMaterials(sheet.open(pastes, types), updateAkar, aHost());
    expect(sheet.column('MATERIAL_DESC')).toEqual(['Tentang daun', 'Tentang batang', 'Baru']);
    expect(sheet.column('MATERIAL_THEME')).toEqual(['Tumbuhan', 'Tema guru', '']);
  });

  it('keeps the text where the writer is killed, and the next writer restores it', async () => {
    const sheet = await withJournal(twoRows());
    const around = { before: () => sheet.person.insertsRow(2, BATANG), after: killed };
    const [failed] = await writeMaterials(sheet.open(around), updateAkar, aHost());
    expect(failed).toMatchObject({ kind: 'failed', message: 'killed' });
    expect(sheet.column('MATERIAL_DESC')).toEqual(['Tentang daun', 'Baru', 'Tentang akar']);
    const items = [{ title: 'Bunga', subject: 'IPA' }];
    const [made] = await writeMaterials(sheet.open(), { operation: 'create', items }, aHost());
    expect(made).toMatchObject({ kind: 'created', unplaced: [] });
    expect(sheet.column('MATERIAL_DESC')).toEqual([
      ...['Tentang daun', 'Tentang batang', 'Tentang akar'],
      '',
    ]);
  });
});

describe('A text that no row can get back', () => {
  const lostText = { title: 'Batang', header: 'MATERIAL_DESC', text: 'Tentang batang' };

  it('is in the result of the item that overwrote it', async () => {
    const sheet = await withJournal(twoRows());
    const pastes = () => sheet.person.insertsRow(2, BATANG);
    const deletes = () => {
      sheet.person.deletesRow(2);
      lost();
    };
    const request = {
      operation: 'update',
      items: [
        { id: DAUN, theme: 'Hutan' },
        { id: AKAR, description: 'Baru' },
      ],
    } as const;
    const results = await writeMaterials(
      sheet.open({ before: pastes, after: deletes }),
      request,
      aHost(),
    );
    expect(results).toMatchObject([
      { kind: 'updated', unplaced: [] },
      { kind: 'updated', unplaced: [lostText] },
    ]);
    expect(sheet.column('MATERIAL_DESC')).toEqual(['Tentang daun', 'Baru']);
  });

  it('is in the first result of the next writer where the first writer is killed', async () => {
    const sheet = await withJournal(twoRows());
    const pastes = () => sheet.person.insertsRow(2, BATANG);
    const around = { before: pastes, after: killed };
    await writeMaterials(sheet.open(around), updateAkar, aHost());
    sheet.person.deletesRow(2);
    const items = [{ title: 'Bunga' }, { title: 'Biji' }];
    const results = await writeMaterials(sheet.open(), { operation: 'create', items }, aHost());
    expect(results).toMatchObject([
      { kind: 'created', unplaced: [lostText] },
      { kind: 'created', unplaced: [] },
    ]);
  });
});

describe('A row that a filter hides', () => {
  it('is updated where Google copies hidden rows', async () => {
    const sheet = await withJournal(twoRows({ copyOfFilteredRows: 'copied' }));
    sheet.person.filtersOut('Akar');
    const [result] = await writeMaterials(sheet.open(), updateAkar, aHost());
    expect(result).toMatchObject({
      kind: 'updated',
      before: { description: 'Tentang akar' },
      notConfirmed: [],
    });
    expect(sheet.sent).toEqual(['read', 'write']);
  });

  it('is reported as not confirmed where Google skips it, and refused from then on', async () => {
    const sheet = await withJournal(twoRows({ copyOfFilteredRows: 'skipped' }));
    sheet.person.filtersOut('Akar');
    const [result] = await writeMaterials(sheet.open(), updateAkar, aHost());
    expect(result).toMatchObject({
      kind: 'updated',
      notConfirmed: ['description'],
      before: { description: 'Tentang akar' },
    });
    // The second write keeps in the journal that Google skips hidden rows.
    expect(sheet.sent).toEqual(['read', 'write', 'write']);

    const again = { ...updateAkar, items: [{ id: AKAR, description: 'Lagi' }] };
    await expect(writeMaterials(sheet.open(), again, aHost())).rejects.toMatchObject({
      refusal: { code: 'hidden_row', message: expect.stringContaining('Row 3') },
    });
    expect(sheet.sent.slice(3)).toEqual(['read', 'shape']);
    expect(sheet.column('MATERIAL_DESC')).toEqual(['Tentang daun', 'Baru']);
  });

  it('does not prevent that a visible row of the same batch is confirmed', async () => {
    const sheet = await withJournal(twoRows({ copyOfFilteredRows: 'skipped' }));
    sheet.person.filtersOut('Daun');
    const items = [DAUN, AKAR].map((id) => ({ id, description: 'Baru' }));
    const results = await writeMaterials(sheet.open(), { operation: 'update', items }, aHost());
    expect(results).toMatchObject([
      { kind: 'updated', notConfirmed: ['description'] },
      { kind: 'updated', notConfirmed: [], before: { description: 'Tentang akar' } },
    ]);
  });
});
