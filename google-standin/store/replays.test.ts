import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Store } from './store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'materi-google-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('every kind of change is repeated from the log of a process that was killed', () => {
  const killed = Store.open(folder);
  const { spreadsheetId } = killed.create('Uji', [{ title: 'A', values: [['x'], ['y']] }], true);
  const data = { range: 'A!A1', majorDimension: 'ROWS' as const, values: [['1', true, null]] };
  killed.updateValues(spreadsheetId, { valueInputOption: 'RAW', data });
  killed.writeValues(spreadsheetId, { valueInputOption: 'USER_ENTERED', data: [data] });
  const append = { valueInputOption: 'RAW', insertDataOption: 'INSERT_ROWS', data };
  killed.appendValues(spreadsheetId, append);
  killed.clearValues(spreadsheetId, ['A!A2']);
  const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 4 };
  killed.batchUpdate(spreadsheetId, [{ sortRange: { range, sortSpecs: [{}] } }]);
  expect(Store.open(folder).get(spreadsheetId)).toEqual(killed.get(spreadsheetId));
});
