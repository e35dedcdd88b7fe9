import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { Unplaced } from '../../core/index.ts';
import { now } from '../db/time.ts';
import { withClockAhead } from '../../test/harness/clock.ts';
import { recordUnplaced, reportCatalogState, STOP_TEXT } from './index.ts';
import { catalogStatus } from './status.ts';
import { SERVICE_KEY, startHarness, type Harness } from '../../test/harness/portal.ts';

let harness: Harness;
let token: string;
let admin: string;
beforeAll(async () => {
  harness = await startHarness();
  ({ token } = await harness.person());
  ({ token: admin } = await harness.person('admin'));
});
afterAll(() => harness.stop());
beforeEach(async () => {
  await harness.db.deleteFrom('catalogState').execute();
  await harness.db.insertInto('catalogState').defaultValues().execute();
});

const status = async (as = token) => {
  const answer = await harness.request('GET', '/api/catalog/status', { token: as });
  expect(answer.status).toBe(200);
  return answer.body;
};
const confirm = (as: string) =>
  harness.request('POST', '/api/catalog/confirm-vanished', { token: as });
const stopped = (reason: keyof typeof STOP_TEXT, vanished = 0) =>
  reportCatalogState(harness.db, {
    state: 'stopped',
    reason,
    detail: 'What Google said.',
    vanished,
    stoppedAt: new Date('2026-03-01T00:00:00Z'),
  });

describe('the status of the catalog', () => {
  it('says before the first sync that nothing was read yet', async () => {
    expect(await status()).toEqual({
      state: 'ok',
      reason: null,
      lastSyncAt: null,
      pending: 0,
      conflicts: 0,
      problems: [],
      problemCount: 0,
      unplaced: [],
      unplacedCount: 0,
      vanished: 0,
      isConfirmed: false,
      quota: null,
    });
  });

  it('counts waiting materials and cells in conflict, but not those of deleted materials', async () => {
    const { material: conflicting } = await harness.add(token);
    const { material: gone } = await harness.add(token);
    await harness.add(token);
    const both = { sheet: 'a', portal: 'b', at: '2026-03-01T00:00:00.000Z' };
    const conflicts = JSON.stringify({ title: both, theme: both });
    const change = harness.db.updateTable('materials').set({ conflicts });
    await change.set({ pending: '{}' }).where('id', '=', conflicting.id).execute();
    await change.set({ deletedAt: new Date() }).where('id', '=', gone.id).execute();
    expect(await status()).toMatchObject({ pending: 1, conflicts: 2 });
  });

  it('shows the first 200 problems by row, each in Indonesian and English', async () => {
    const problems = Array.from({ length: 250 }, (_, n) => ({
      rowNumber: 251 - n,
      kind: 'no_title',
      message: `Row ${251 - n}: no title, so it is left alone.`,
    }));
    problems[0] = { rowNumber: 1, kind: 'new_kind', message: 'Row 1: something new.' };
    await reportCatalogState(harness.db, { lastSyncAt: new Date('2026-03-01'), problems });
    const shown = (await status()) as { problems: unknown[] };
    expect(shown).toMatchObject({ lastSyncAt: '2026-03-01T00:00:00.000Z', problemCount: 250 });
    expect(shown.problems).toHaveLength(200);
    expect(shown.problems.slice(0, 2)).toEqual([
      {
        rowNumber: 1,
        kind: 'new_kind',
        message: { id: 'Row 1: something new.', en: 'Row 1: something new.' },
      },
      {
        rowNumber: 2,
        kind: 'no_title',
        message: {
          id: 'Baris 2: tidak ada judul, jadi dilewati. Isi MATERIAL_TITLE.',
          en: 'Row 2: no title, so it is left alone.',
        },
      },
    ]);
  });

  it('says why the sync has stopped in words that a teacher understands, and ok when it goes on', async () => {
    await stopped('no_access');
    expect(await status()).toMatchObject({
      state: 'stopped',
      reason: {
        code: 'no_access',
        message: { id: expect.stringContaining('Bagikan'), en: expect.stringContaining('Share') },
        detail: 'What Google said.',
        since: '2026-03-01T00:00:00.000Z',
      },
    });
    await reportCatalogState(harness.db, { state: 'ok', reason: null, detail: null });
    expect(await status()).toMatchObject({ state: 'ok', reason: null });
  });

  it('says stopped when the sync has not reported for over three minutes, since its last report', async () => {
    const at = (ago: number) => new Date(Date.now() - ago);
    await reportCatalogState(harness.db, { state: 'ok', reason: null, lastSyncAt: at(170_000) });
    expect(await status()).toMatchObject({ state: 'ok', reason: null });
    const last = at(181_000);
    await reportCatalogState(harness.db, { lastSyncAt: last });
    expect(await status()).toMatchObject({
      state: 'stopped',
      reason: {
        code: 'overdue',
        message: { id: expect.stringContaining('belum dibaca'), en: expect.any(String) },
        detail: null,
        since: last.toISOString(),
      },
    });
    await stopped('quota');
    expect(await status()).toMatchObject({ reason: { code: 'quota' } });
  });

  it('says stopped three minutes after the start of an instance if the sync never read the sheet', async () => {
    const ask = (startedAt: Date) =>
      catalogStatus({ db: harness.db, startedAt }, { kind: 'service', name: 'n8n' });
    const longAgo = new Date(Date.now() - 181_000);
    expect(await ask(longAgo)).toMatchObject({
      state: 'stopped',
      reason: { code: 'overdue', since: longAgo.toISOString() },
      lastSyncAt: null,
    });
    expect(await ask(new Date())).toMatchObject({ state: 'ok', reason: null });
  });

  it('goes by the clock of PostgreSQL when the clock of the instance is an hour ahead', async () => {
    await reportCatalogState(harness.db, {
      state: 'ok',
      reason: null,
      lastSyncAt: now,
      quota: { reads: 12, writes: 3 },
    });
    const shown = await withClockAhead(60 * 60_000, () =>
      catalogStatus({ db: harness.db, startedAt: new Date() }, { kind: 'service', name: 'n8n' }),
    );
    expect(shown).toMatchObject({ state: 'ok', quota: { readsLastMinute: 12 } });
  });

  it('counts only the requests to Google of the last minute', async () => {
    const used = { reads: 12, writes: 3 };
    await reportCatalogState(harness.db, { quota: used });
    expect(await status()).toMatchObject({ quota: { readsLastMinute: 12, writesLastMinute: 3 } });
    const at = new Date(Date.now() - 61_000).toISOString();
    const quota = JSON.stringify({ at, ...used });
    await harness.db.updateTable('catalogState').set({ quota }).execute();
    expect(await status()).toMatchObject({ quota: { readsLastMinute: 0, writesLastMinute: 0 } });
  });

  it('answers signed-in people and services, and 401 to others', async () => {
    await status(SERVICE_KEY);
    expect((await harness.request('GET', '/api/catalog/status')).status).toBe(401);
  });
});

describe('a text that the portal overwrote and that has no row', () => {
  const lost = (more: Partial<Unplaced>): Unplaced => ({
    batchId: uuidv7(),
    row: 4,
    column: 2,
    materialId: null,
    title: 'Air',
    header: 'MATERIAL_DESC',
    text: 'Tentang air',
    ...more,
  });
  const record = (...unplaced: Unplaced[]) =>
    harness.db.transaction().execute((trx) => recordUnplaced(trx, unplaced));

  it('shows a text without a row once, with its place and advice in both languages', async () => {
    const text = lost({});
    await record(text);
    await record(text, lost({ batchId: text.batchId, column: 3, header: 'Catatan' }));
    const shown = (await status()) as { unplaced: unknown[] };
    expect(shown).toMatchObject({ unplacedCount: 2 });
    expect(shown.unplaced).toContainEqual({
      rowNumber: 5,
      header: 'MATERIAL_DESC',
      materialId: null,
      title: 'Air',
      text: 'Tentang air',
      at: expect.any(String),
      message: {
        id: expect.stringContaining('Baris 5, kolom MATERIAL_DESC'),
        en: expect.stringContaining('Row 5, column MATERIAL_DESC'),
      },
    });
  });

  it('adds a text without a row once to the history of its material, under the name of its field', async () => {
    const { material } = await harness.add(token);
    const known = { materialId: material.id as never };
    const [field, further] = [lost(known), lost({ ...known, header: 'Catatan', text: 'lama' })];
    await record(field, further, lost({ materialId: uuidv7() as never }));
    await record(field, further);
    const entries = await harness.db
      .selectFrom('materialHistory')
      .select(['field', 'before', 'after', 'actor'])
      .where('materialId', '=', material.id)
      .where('actor', '=', 'portal')
      .orderBy('id')
      .execute();
    expect(entries).toEqual([
      { field: 'description', before: 'Tentang air', after: null, actor: 'portal' },
      { field: 'metadata.Catatan', before: 'lama', after: null, actor: 'portal' },
    ]);
  });

  it('shows the newest 50 texts without a row, with at most 500,000 characters', async () => {
    await harness.db.deleteFrom('unplacedTexts').execute();
    await record(...Array.from({ length: 60 }, (_, row) => lost({ row })));
    const many = (await status()) as { unplaced: unknown[] };
    expect(many).toMatchObject({ unplacedCount: 60 });
    expect(many.unplaced).toHaveLength(50);
    const long = 'x'.repeat(50_000);
    await record(...Array.from({ length: 12 }, (_, row) => lost({ row, text: long })));
    const { unplaced } = (await status()) as { unplaced: { text: string }[] };
    expect(unplaced.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, () => long));
  });
});

describe('materials that vanished at once', () => {
  it('lets an admin confirm vanished materials, and writes their number to the audit log', async () => {
    await stopped('vanished', 40);
    expect(await status()).toMatchObject({ vanished: 40, isConfirmed: false });
    expect(await confirm(admin)).toMatchObject({
      status: 200,
      body: { state: 'stopped', vanished: 40, isConfirmed: true },
    });
    const { confirmedAt } = await harness.db
      .selectFrom('catalogState')
      .select('confirmedAt')
      .executeTakeFirstOrThrow();
    expect(confirmedAt).not.toBeNull();
    const audit = await harness.db
      .selectFrom('auditLog')
      .select('details')
      .where('action', '=', 'catalog.vanished_confirmed')
      .execute();
    expect(audit).toEqual([{ details: { vanished: 40 } }]);
  });

  it('refuses the confirmation of a teacher, a service and a stranger', async () => {
    await stopped('vanished', 40);
    expect((await confirm(token)).status).toBe(403);
    expect((await confirm(SERVICE_KEY)).status).toBe(403);
    expect((await confirm('x')).status).toBe(401);
    expect(await status()).toMatchObject({ isConfirmed: false });
  });

  it('refuses a confirmation when no materials have vanished', async () => {
    expect(await confirm(admin)).toMatchObject({
      status: 409,
      body: { type: '/problems/nothing-to-confirm' },
    });
    await stopped('quota');
    expect((await confirm(admin)).status).toBe(409);
    expect(await status()).toMatchObject({ isConfirmed: false });
  });
});
