import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGoogle, type GoogleStandIn } from '../index.ts';
import { driveClient, errorOf } from '../../test/harness/google/clients.ts';
import { makeSpreadsheet } from '../../test/harness/google/controls.ts';

let google: GoogleStandIn;
let drive: ReturnType<typeof driveClient>;

beforeAll(async () => {
  google = await startGoogle();
  drive = driveClient(google);
  const tabs = [{ title: 'Katalog' }];
  await makeSpreadsheet(google, tabs, { title: "Guru 'A' 10" });
  await makeSpreadsheet(google, tabs, { title: 'Guru B 9' });
  await makeSpreadsheet(google, tabs, { title: 'Rahasia', shared: false });
});
afterAll(() => google.close());

const names = async (q?: string, more = {}) => {
  const { data } = await drive.files.list({ ...(q === undefined ? {} : { q }), ...more });
  return data.files?.map(({ name }) => name);
};

describe('files.list', () => {
  it('lists what is shared with the service account, nothing else', async () => {
    expect((await names())?.sort()).toEqual(["Guru 'A' 10", 'Guru B 9', 'Katalog Materi']);
  });

  it("answers n8n's search", async () => {
    const mimeType = "mimeType = 'application/vnd.google-apps.spreadsheet'";
    const { data } = await drive.files.list({
      q: `name contains 'guru \\'a' and ${mimeType}`,
      fields: 'nextPageToken, files(id, name, webViewLink)',
      orderBy: 'modifiedByMeTime desc,name_natural',
      includeItemsFromAllDrives: true,
      supportsAllDrives: true,
    });
    expect(data.files).toEqual([
      {
        id: expect.any(String),
        name: "Guru 'A' 10",
        webViewLink: expect.stringContaining(`${google.url}/sheet/`),
      },
    ]);
    expect(await names("mimeType != 'application/vnd.google-apps.spreadsheet'")).toEqual([]);
    expect(await names('trashed = true')).toEqual([]);
  });

  it('pages', async () => {
    const first = await drive.files.list({ pageSize: 2, orderBy: 'name' });
    const { nextPageToken } = first.data;
    expect(first.data.files?.map(({ name }) => name)).toEqual(["Guru 'A' 10", 'Guru B 9']);
    const pageToken = nextPageToken ?? '';
    expect(await names(undefined, { pageSize: 2, orderBy: 'name', pageToken })).toEqual([
      'Katalog Materi',
    ]);
  });

  // The queries of gspread's ClientTest.test_list_spreadsheet_files.
  it('takes double quotes in a query', async () => {
    const q = 'mimeType="application/vnd.google-apps.spreadsheet" and name = "Guru B 9"';
    expect(await names(q)).toEqual(['Guru B 9']);
  });

  it('orders by several keys', async () => {
    expect(await names(undefined, { orderBy: 'folder,name desc' })).toEqual([
      'Katalog Materi',
      'Guru B 9',
      "Guru 'A' 10",
    ]);
    expect((await errorOf(drive.files.list({ orderBy: 'bogus' }))).code).toBe(400);
  });

  it.each([
    { q: "fullText contains 'x'" },
    { q: "name = 'x' or name = 'y'" },
    { q: "'folder' in parents" },
    { orderBy: 'recency' },
    { corpora: 'drive', driveId: 'x' },
    { includeLabels: 'x' },
    { fields: 'files(owners)' },
  ])('answers 501 for a term that Drive knows and the stand-in lacks: %j', async (asked) => {
    expect(await errorOf(drive.files.list(asked))).toMatchObject({
      code: 501,
      message: expect.stringContaining('The stand-in for Google does not implement'),
    });
  });

  it('answers 400 for a field that Drive does not know', async () => {
    expect(await errorOf(drive.files.list({ fields: 'files(nama)' }))).toMatchObject({
      code: 400,
      message: 'Invalid field selection files/nama',
    });
  });

  it('refuses a query it does not understand', async () => {
    expect(await errorOf(drive.files.list({ q: 'title = Guru' }))).toMatchObject({
      code: 400,
      errors: [{ reason: 'invalid', location: 'q' }],
    });
    expect((await errorOf(drive.files.list({ pageSize: 0 }))).code).toBe(400);
  });
});
