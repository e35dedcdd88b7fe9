import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseError } from 'pg';
import { z } from 'zod/v4';
import { problemText } from '../catalog/problemText.ts';
import {
  SERVICE_KEY,
  startHarness as startPortal,
  until,
  type Harness as Portal,
} from '../../test/harness/portal.ts';
import {
  emptyTables,
  HEADER,
  startHarness,
  type Harness as Sheet,
} from '../../test/harness/sync.ts';

/** Cells that people can paste into the sheet, seen through a cycle of sync and over HTTP. */

let portal: Portal;
let sheet: Sheet | undefined;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());
beforeEach(() => emptyTables(portal.db));
afterEach(() => sheet?.stop());

const row = (title: string, url = '') => ['IPA', title, '', 'Video', 'Fase D', '', '', url];

/** Syncs a sheet to rest. @returns the problems that the last cycle reports */
async function settle(rows: ReadonlyArray<readonly string[]>) {
  sheet = await startHarness(portal.db, rows);
  return settleAgain(sheet);
}

async function settleAgain({ instance }: Sheet) {
  const sync = instance();
  return until(async () => {
    try {
      await sync.settle();
      return (await sync.cycle()).problems;
    } catch (error) {
      // Dispatch moves jobs meanwhile: a cycle that meets it begins anew, as the leader's does.
      if (error instanceof DatabaseError && error.code === '40001') return null;
      throw error;
    }
  });
}

const cells = async () => (await sheet?.rows()) ?? [];
const ask = (method: string, path: string, body?: unknown, headers = {}) =>
  portal.request(method, `/api/materials${path}`, {
    token: SERVICE_KEY,
    headers,
    ...(body === undefined ? {} : { body }),
  });
const shownSchema = z.looseObject({
  id: z.string(),
  title: z.string(),
  url: z.string(),
  metadata: z.unknown(),
});
const get = async (title: string) => {
  const { id } = await portal.db
    .selectFrom('materials')
    .select('id')
    .where('title', '=', title)
    .executeTakeFirstOrThrow();
  const { body, headers } = await ask('GET', `/${id}`);
  const { material } = z.object({ material: shownSchema }).parse(body);
  return { material, etag: headers.get('ETag') ?? '' };
};
/** As a form does it: all fields come back as they were shown, except the changed ones. */
const edit = async (title: string, change: object) => {
  const { material, etag } = await get(title);
  const fields = ['subject', 'title', 'description', 'type', 'level', 'theme', 'subtheme', 'url'];
  const form = Object.fromEntries([...fields, 'metadata'].map((name) => [name, material[name]]));
  return ask('PUT', `/${material.id}`, { ...form, ...change }, { 'If-Match': etag });
};

describe('a cell of 50,000 characters', () => {
  const time = async (text: string) => {
    await emptyTables(portal.db);
    const long = HEADER.slice(0, 8).map((_, column) => (column === 1 ? `Judul ${text}` : text));
    const start = performance.now();
    await settle([
      [...HEADER, 'Catatan'],
      [...long, ...Array<string>(5).fill(''), text],
    ]);
    if (sheet !== undefined) await settleAgain(sheet);
    const took = performance.now() - start;
    await sheet?.stop();
    sheet = undefined;
    return took;
  };

  it.each([
    ['blanks between two letters', `x${' '.repeat(49_900)}x`],
    ['marks in the wrong order', `x${'\u0301'.repeat(24_900)}${'\u0323'.repeat(24_900)}`],
  ])('does not slow a cycle down: %s', async (_name, text) => {
    const plain = await time('x'.repeat(49_900));
    expect(await time(text)).toBeLessThan(20 * plain);
  });
});

describe('a character that cannot be stored', () => {
  it('reports a bad character in a column with a long header, and cuts the header between two characters', async () => {
    const header = `x${'🌱'.repeat(80)}`;
    const line = [...row('Air'), ...Array<string>(HEADER.length - 8).fill(''), 'a\0b'];
    const [problem] = await settle([[...HEADER, header], line, row('Tanah')]);
    expect(problem).toMatchObject({ kind: 'columns' });
    expect(problem?.message.isWellFormed()).toBe(true);
  });

  it('shows a bad character as U+FFFD, reports it, and leaves it in the sheet', async () => {
    const problems = await settle([HEADER, row('Air\0 dan \ud800api'), row('Tanah')]);
    expect(problems).toMatchObject([
      {
        rowNumber: 2,
        kind: 'bad_character',
        message: expect.stringContaining('"MATERIAL_TITLE" holds a character'),
      },
    ]);
    const title = 'Air\ufffd dan \ufffdapi';
    expect((await edit(title, { description: 'Baru' })).status).toBe(200);
    if (sheet !== undefined) await settleAgain(sheet);
    expect((await cells())[1]?.slice(1, 3)).toEqual(['Air\0 dan \ud800api', 'Baru']);

    expect((await edit(title, { title: 'Air dan api' })).status).toBe(200);
    if (sheet !== undefined) expect(await settleAgain(sheet)).toEqual([]);
    expect((await cells())[1]?.[1]).toBe('Air dan api');
  });
});

describe('a url that is no web address', () => {
  it('shows a url that is no web address as empty, reports it, and leaves it in the sheet', async () => {
    const script = 'javascript:alert(document.domain)';
    const problems = await settle([HEADER, row('Air', script), row('Api', 'https://sekolah.id')]);
    expect(problems).toMatchObject([{ rowNumber: 2, kind: 'bad_url' }]);
    expect((await get('Air')).material.url).toBe('');
    expect((await get('Api')).material.url).toBe('https://sekolah.id');
    const list = await ask('GET', '');
    expect(JSON.stringify(list.body)).not.toContain('javascript');

    expect((await edit('Air', { description: 'Baru' })).status).toBe(200);
    if (sheet !== undefined) await settleAgain(sheet);
    expect((await cells())[1]?.slice(2, 8)).toEqual(['Baru', 'Video', 'Fase D', '', '', script]);

    expect((await edit('Air', { url: 'https://air.id' })).status).toBe(200);
    if (sheet !== undefined) expect(await settleAgain(sheet)).toEqual([]);
    expect((await cells())[1]?.[7]).toBe('https://air.id');
  });
});

describe('a further column', () => {
  const NAMES = ['toString', 'valueOf', 'constructor', 'hasOwnProperty'];

  it('reads and writes a further column under a name that every object has', async () => {
    const at = HEADER.length;
    const line = [...row('Air'), ...Array<string>(at - 8).fill(''), 'a', '', 'c', 'd'];
    await settle([[...HEADER, ...NAMES], line]);
    const metadata = { toString: 'a', constructor: 'c', hasOwnProperty: 'd' };
    expect((await get('Air')).material.metadata).toEqual(metadata);
    const change = { metadata: { ...metadata, toString: 'A', valueOf: 'B' } };
    expect((await edit('Air', change)).status).toBe(200);
    if (sheet !== undefined) await settleAgain(sheet);
    expect((await cells())[1]?.slice(at)).toEqual(['A', 'B', 'c', 'd']);
    expect((await get('Air')).material.metadata).toEqual(change.metadata);
  });

  it.each([
    ['is named __proto__', ['__proto__', 'Catatan'], ['Catatan']],
    ['has a header of 101 characters', ['x'.repeat(101), 'Catatan'], ['Catatan']],
    [
      'is the 51st or later',
      Array.from({ length: 60 }, (_, n) => `Kolom ${n}`),
      Array.from({ length: 50 }, (_, n) => `Kolom ${n}`),
    ],
  ])('that %s is reported, and left as it is in the sheet', async (_name, headers, read) => {
    const at = HEADER.length;
    const values = headers.map((_, n) => `nilai ${n}`);
    const line = [...row('Air'), ...Array<string>(at - 8).fill(''), ...values];
    const problems = await settle([[...HEADER, ...headers], line]);
    expect(problems).toMatchObject([{ rowNumber: 1, kind: 'columns' }]);
    const { metadata } = (await get('Air')).material;
    expect(Object.keys(z.record(z.string(), z.string()).parse(metadata))).toEqual(
      expect.arrayContaining(read),
    );
    expect(Object.keys(Object(metadata) as object)).toHaveLength(read.length);

    expect((await edit('Air', { description: 'Baru' })).status).toBe(200);
    await sheet?.add('Tanah', { metadata: { Catatan: 'x' } });
    if (sheet !== undefined) await settleAgain(sheet);
    const rows = await cells();
    expect(rows[1]?.slice(at)).toEqual(values);
    expect(rows[1]?.[2]).toBe('Baru');
    expect(rows[2]?.[1]).toBe('Tanah');
  });
});

describe('a problem', () => {
  it.each([
    ...['bad_url', 'bad_character', 'columns', 'unusable'],
    ...['hidden', 'merged', 'not_kept', 'protected', 'parked'],
  ])('has a text in Indonesian and English: %s', (kind) => {
    const { id, en } = problemText({ rowNumber: 3, kind, message: 'Row 3: …' });
    expect(en).toBe('Row 3: …');
    expect(id).toMatch(/^Baris 3: /);
  });
});
