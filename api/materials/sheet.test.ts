import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseError } from 'pg';
import { z } from 'zod/v4';
import type { MaterialId } from '../../core/index.ts';
import {
  SERVICE_KEY,
  someMaterial,
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

/** The endpoints and the sheet together: what is asked over HTTP, seen in the sheet's cells. */

const ID = HEADER.indexOf('MATERIAL_ID');
const row = (title: string) => ['IPA', title, `Tentang ${title}`, 'Video', 'Fase C'];

let portal: Portal;
let sheet: Sheet;
let sync: ReturnType<Sheet['instance']>;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.stop());
beforeEach(async () => {
  await emptyTables(portal.db);
  sheet = await startHarness(portal.db, [
    [...HEADER, 'Penerbit'],
    ...['Satu', 'Dua', 'Tiga', 'Empat'].map(row),
  ]);
  sync = sheet.instance();
  await settled();
});
afterEach(() => sheet.stop());

/** Dispatch moves jobs meanwhile: a cycle that meets it begins anew, as the leader’s does. */
const settled = () =>
  until(async () => {
    try {
      await sync.settle();
      return true;
    } catch (error) {
      if (error instanceof DatabaseError && error.code === '40001') return false;
      throw error;
    }
  });
const ask = (method: string, path: string, body?: unknown, headers = {}) =>
  portal.request(method, `/api/materials/${path}`, {
    token: SERVICE_KEY,
    headers,
    ...(body === undefined ? {} : { body }),
  });
const idOf = async (title: string): Promise<MaterialId> => {
  const { id } = await portal.db
    .selectFrom('materials')
    .select('id')
    .where('title', '=', title)
    .executeTakeFirstOrThrow();
  return id;
};
const edit = async (id: MaterialId, more: Record<string, unknown>) => {
  const { headers, body } = await ask('GET', id);
  const { material } = z.object({ material: z.looseObject({}) }).parse(body);
  const names = [...['subject', 'title', 'description', 'type', 'level', 'theme', 'subtheme']];
  const form = Object.fromEntries([...names, 'url'].map((name) => [name, material[name]]));
  const ifMatch = { 'If-Match': headers.get('ETag') ?? '' };
  const answer = await ask('PUT', id, { ...form, ...more }, ifMatch);
  expect(answer.status).toBe(200);
};
const inSheet = async (id: MaterialId) => (await sheet.rows()).find((cells) => cells[ID] === id);
const conflictsOf = async (id: MaterialId) =>
  z.object({ conflicts: z.record(z.string(), z.unknown()) }).parse((await ask('GET', id)).body)
    .conflicts;
const changesOf = async (id: MaterialId) =>
  z
    .object({ items: z.array(z.looseObject({ actor: z.string(), field: z.string() })) })
    .parse((await ask('GET', `${id}/history`)).body).items;

describe('what a person does in the sheet', () => {
  const etagOf = async (id: MaterialId) => (await ask('GET', id)).headers.get('ETag') ?? '';
  const isStale = async (id: MaterialId, etag: string) => {
    const { status } = await ask('PUT', id, someMaterial(), { 'If-Match': etag });
    return status === 412;
  };

  it('refuses an edit as stale after a person changed a cell of the row, also in a further column', async () => {
    const id = await idOf('Dua');
    for (const cell of ['C3', 'O3']) {
      const before = await etagOf(id);
      await sheet.person.types(cell, 'Diubah');
      await settled();
      expect(await isStale(id, before)).toBe(true);
    }
    const fields = (await changesOf(id)).map(({ actor, field, after }) => [actor, field, after]);
    expect(fields.slice(0, 2)).toEqual([
      ['sheet', 'metadata.Penerbit', 'Diubah'],
      ['sheet', 'description', 'Diubah'],
    ]);
  });

  it('changes the ETag and makes no edit stale when a person changes an AI column or deletes an edited row', async () => {
    const id = await idOf('Dua');
    const first = await etagOf(id);
    await sheet.person.types('J3', 'Ringkasan orang');
    await settled();
    const second = await etagOf(id);
    expect(second).not.toBe(first);

    await edit(id, { title: 'Dari portal' });
    const third = await etagOf(id);
    await sheet.person.deletesRow(2);
    await settled();
    expect(await conflictsOf(id)).toMatchObject({ title: { sheet: '', portal: 'Dari portal' } });
    expect(await etagOf(id)).not.toBe(third);
    expect(await isStale(id, third)).toBe(false);
  });
});

describe('an edit over HTTP', () => {
  it('writes an edit to the sheet, and changes nothing else in its row', async () => {
    const id = await idOf('Dua');
    await edit(id, { title: '=Dua', theme: 'Baru' });
    await settled();
    const cells = await inSheet(id);
    expect(cells?.slice(0, 6)).toEqual(['IPA', '=Dua', 'Tentang Dua', 'Video', 'Fase C', 'Baru']);
    const { body } = await portal.request('GET', '/api/catalog/status', { token: SERVICE_KEY });
    expect(body).toMatchObject({ pending: 0, conflicts: 0 });
  });

  it('keeps a conflict if a person changed the same cell, until the portal’s value is kept', async () => {
    const id = await idOf('Dua');
    await edit(id, { title: 'Dari portal' });
    await sheet.person.types('B3', 'Dari lembar');
    await settled();
    expect((await inSheet(id))?.[1]).toBe('Dari lembar');
    expect(await conflictsOf(id)).toMatchObject({
      title: { sheet: 'Dari lembar', portal: 'Dari portal' },
    });

    const answer = await ask('POST', `${id}/conflicts/title`, { keep: 'portal' });
    expect(answer.status).toBe(200);
    await settled();
    expect((await inSheet(id))?.[1]).toBe('Dari portal');
    expect(await conflictsOf(id)).toEqual({});
    const titles = (await changesOf(id)).filter(({ field }) => field === 'title');
    expect(titles.slice(0, 3)).toMatchObject([
      { actor: 'service:n8n', before: 'Dari lembar', after: 'Dari portal' },
      { actor: 'sheet', before: 'Dari portal', after: 'Dari lembar' },
      { actor: 'service:n8n', before: 'Dua', after: 'Dari portal' },
    ]);
  });

  it('writes a deleted row again when the portal’s edit is kept', async () => {
    const id = await idOf('Dua');
    await edit(id, { title: 'Dari portal' });
    await sheet.person.deletesRow(2);
    await settled();
    await settled();
    expect(await inSheet(id)).toBeUndefined();
    expect((await ask('POST', `${id}/conflicts/title`, { keep: 'portal' })).status).toBe(200);
    await settled();
    await settled();
    expect((await inSheet(id))?.[1]).toBe('Dari portal');
    expect((await ask('GET', id)).status).toBe(200);
  });

  it('deletes a material and keeps its history when the sheet’s deletion is kept', async () => {
    const id = await idOf('Dua');
    await edit(id, { title: 'Dari portal' });
    await sheet.person.deletesRow(2);
    await settled();
    await settled();
    expect((await ask('POST', `${id}/conflicts/title`, { keep: 'sheet' })).status).toBe(200);
    await settled();
    await settled();
    expect(await ask('GET', id)).toMatchObject({ status: 410, body: { type: '/problems/gone' } });
    expect((await ask('GET', '')).body).toMatchObject({ items: { length: 3 } });
    expect(await changesOf(id)).toContainEqual(
      expect.objectContaining({ field: 'title', before: 'Dua', after: 'Dari portal' }),
    );
  });
});
