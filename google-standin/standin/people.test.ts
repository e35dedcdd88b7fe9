import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGoogle, type GoogleStandIn } from '../index.ts';
import { Store } from '../store/store.ts';
import { control, dump, makeSpreadsheet } from '../../test/harness/google/controls.ts';

let google: GoogleStandIn;
let id: string;
beforeAll(async () => {
  google = await startGoogle();
  id = await makeSpreadsheet(google, [{ title: 'Katalog', values: [['JUDUL'], ['Pecahan']] }]);
});
afterAll(() => google.close());

const hideRow = {
  updateDimensionProperties: {
    range: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 2 },
    properties: { hiddenByUser: true },
    fields: 'hiddenByUser',
  },
};

describe('the controls for people', () => {
  it('change a sheet by any of the requests, and its page greys a hidden row', async () => {
    const answer = await control(google, 'POST', `/spreadsheets/${id}/change`, {
      requests: [hideRow],
    });
    expect(answer).toEqual({ replies: [{}] });
    const page = await fetch(`${google.url}/sheet/${id}`);
    expect(await page.text()).toContain(
      '<tr class="hidden" title="Baris tersembunyi / Hidden row"',
    );
  });

  it('list versions and restore one, and say which is missing', async () => {
    const path = `/spreadsheets/${id}`;
    const before = await dump(google, id);
    const edit = { tab: 'Katalog', a1: 'A2', value: 'Salah' };
    await control(google, 'POST', `${path}/edit`, edit);
    expect(await control(google, 'GET', `${path}/versions`)).toMatchObject({
      versions: [{ version: 1 }, { version: 2 }, { version: 3 }],
    });
    const restored = await control(google, 'POST', `${path}/versions/restore`, {
      version: before.version,
    });
    expect(restored).toEqual({ version: 4 });
    expect((await dump(google, id)).tabs).toEqual(before.tabs);
    expect(
      await control(google, 'POST', `${path}/versions/restore`, { version: 77 }),
    ).toMatchObject({
      error: { code: 404, message: 'There is no version 77 to restore.' },
    });
  });

  it('set switches of what nobody knows, and refuse one that there is not', async () => {
    const path = `/spreadsheets/${id}/unknowns`;
    expect(await control(google, 'GET', path)).toMatchObject({ rangeBeyondGrid: 'refused' });
    const set = await control(google, 'POST', path, { rangeBeyondGrid: 'clipped' });
    expect(set).toMatchObject({ rangeBeyondGrid: 'clipped', writeToCoveredCell: 'lost' });
    expect(await control(google, 'POST', path, { tidakAda: 'x' })).toMatchObject({
      error: { code: 400 },
    });
  });
});

it('keeps switches, hidden rows and a restored version when the process is killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'materi-google-'));
  try {
    const killed = Store.open(folder);
    const made = killed.create('Uji', [{ title: 'A', values: [['x'], ['y']] }], true);
    killed.batchUpdate(made.spreadsheetId, [hideRow]);
    killed.setUnknowns(made.spreadsheetId, { copyOfHiddenRows: 'skipped' });
    const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 2, endColumnIndex: 2 };
    killed.batchUpdate(made.spreadsheetId, [{ mergeCells: { range } }]);
    expect(killed.restore(made.spreadsheetId, 2)).toBe(true);
    killed.batchUpdate(made.spreadsheetId, [{ addSheet: {} }]);
    expect(Store.open(folder).get(made.spreadsheetId)).toEqual(killed.get(made.spreadsheetId));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
