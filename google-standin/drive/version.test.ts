import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startGoogle, type GoogleStandIn } from '../index.ts';
import { driveClient, errorOf, sheetsClient } from '../../test/harness/google/clients.ts';
import { control } from '../../test/harness/google/controls.ts';

let google: GoogleStandIn;
let drive: ReturnType<typeof driveClient>;

beforeAll(async () => {
  google = await startGoogle();
  drive = driveClient(google);
});

afterAll(() => google.close());

const get = async (fields?: string) =>
  (await drive.files.get({ fileId: google.spreadsheetId, ...(fields ? { fields } : {}) })).data;

it('a file is answered with what was asked for', async () => {
  expect(await get()).toEqual({
    kind: 'drive#file',
    id: google.spreadsheetId,
    name: 'Katalog Materi',
    mimeType: 'application/vnd.google-apps.spreadsheet',
  });
  expect(await get('version, modifiedTime')).toEqual({
    version: expect.stringMatching(/^[0-9]+$/),
    modifiedTime: expect.stringMatching(/^[0-9-]+T[0-9:.]+Z$/),
  });
  const wrong = await errorOf(get('versions'));
  expect(wrong).toMatchObject({ code: 400, message: 'Invalid field selection versions' });
});

it('the version grows with every change, of the API and of a person, and with nothing else', async () => {
  const version = async () => Number((await get('version')).version);
  const { spreadsheetId } = google;
  const sheets = sheetsClient(google);
  const first = await version();
  await sheets.spreadsheets.values.get({ spreadsheetId, range: 'Katalog' });
  expect(await version()).toBe(first);
  await sheets.spreadsheets.batchUpdate({
    spreadsheetId,
    requestBody: { requests: [{ addSheet: {} }] },
  });
  const second = await version();
  expect(second).toBeGreaterThan(first);
  const typed = { tab: 'Katalog', a1: 'A1', value: 'x' };
  await control(google, 'POST', `/spreadsheets/${spreadsheetId}/edit`, typed);
  expect(await version()).toBeGreaterThan(second);
});

it('a file that is not there is answered in the form of Drive', async () => {
  expect(await errorOf(drive.files.get({ fileId: 'nope' }))).toEqual({
    code: 404,
    message: 'File not found: nope.',
    errors: [
      {
        message: 'File not found: nope.',
        domain: 'global',
        reason: 'notFound',
        location: 'fileId',
        locationType: 'parameter',
      },
    ],
  });
  const bare = await fetch(`${google.url}/drive/v3/files/nope`);
  expect(await bare.json()).toMatchObject({
    error: { code: 401, errors: [{ message: 'Login Required.', reason: 'required' }] },
  });
});
