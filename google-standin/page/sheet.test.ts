import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod/v4-mini';
import { startGoogle, type GoogleStandIn } from '../index.ts';
import { control, makeSpreadsheet } from '../../test/harness/google/controls.ts';

let google: GoogleStandIn;
let spreadsheetId: string;

beforeAll(async () => {
  google = await startGoogle();
  spreadsheetId = await makeSpreadsheet(google, [
    { title: '<i>Katalog</i>', values: [['JUDUL'], ['<script>alert(1)</script>"\'&'], ['=1+1']] },
    { title: 'Lain', values: [['lain']] },
  ]);
});

afterAll(() => google.close());

const page = async (path: string) => {
  const response = await fetch(google.url + path);
  return { response, text: await response.text() };
};

describe('the page of a spreadsheet', () => {
  it('says in two languages that it is a stand-in', async () => {
    for (const path of ['/', '/sheet', `/sheet/${spreadsheetId}`]) {
      const { text } = await page(path);
      expect(text).toContain('Stand-in for Google Sheets — development only');
      expect(text).toContain('Tiruan Google Sheets — hanya untuk pengembangan');
    }
  });

  it('shows what is in a cell as text, whatever it is, and runs no script but its own', async () => {
    const { response, text } = await page(`/sheet/${spreadsheetId}`);
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('<i>');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'");
  });

  it('shows the value of a formula and keeps its text for editing', async () => {
    const { text } = await page(`/sheet/${spreadsheetId}`);
    expect(text).toContain('data-entered="=1+1" class="number">2</td>');
  });

  it('opens any tab, and the default spreadsheet without an id', async () => {
    expect((await page(`/sheet/${spreadsheetId}?tab=1`)).text).toContain('>lain</td>');
    expect((await page('/sheet')).text).toContain(`data-spreadsheet="${google.spreadsheetId}"`);
    expect((await page('/sheet/nope')).response.status).toBe(404);
  });

  it('is told what changed, and nothing when nothing did', async () => {
    const stateOf = async (version: string): Promise<unknown> =>
      JSON.parse((await page(`/sheet/${spreadsheetId}/state?tab=1&version=${version}`)).text);
    const first = z.parse(z.object({ version: z.number(), grid: z.string() }), await stateOf(''));
    expect(await stateOf(String(first.version))).toEqual({ version: first.version });
    const typed = { tab: 'Lain', a1: 'A2', value: 'baru' };
    await control(google, 'POST', `/spreadsheets/${spreadsheetId}/edit`, typed);
    expect(await stateOf(String(first.version))).toMatchObject({
      version: first.version + 1,
      grid: expect.stringContaining('>baru</td>'),
    });
  });

  it('may be changed by its own page, and by no page of another origin', async () => {
    const edit = (origin: string) =>
      fetch(`${google.url}/stand-in/spreadsheets/${spreadsheetId}/edit`, {
        method: 'POST',
        headers: { Origin: origin },
        body: JSON.stringify({ tab: 'Lain', a1: 'A3', value: origin }),
      });
    expect((await edit('https://example.com')).status).toBe(403);
    expect((await edit('null')).status).toBe(403);
    expect((await edit(google.url)).status).toBe(200);
  });

  it('keeps a text that looks like a number or a formula as text when it is opened and kept', async () => {
    const id = await makeSpreadsheet(google, [{ title: 'T' }]);
    const edit = (value: string) =>
      control(google, 'POST', `/spreadsheets/${id}/edit`, { tab: 'T', a1: 'A1', value });
    await edit("'=SUM(1)");
    expect((await page(`/sheet/${id}`)).text).toContain(
      'data-entered="&#39;=SUM(1)" class="">=SUM(1)<',
    );
  });
});
