import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { materialIdSchema, type MaterialId } from '../../../core/index.ts';
import {
  SERVICE_KEY,
  someMaterial,
  startHarness,
  type Harness,
} from '../../../test/harness/portal.ts';
import { batchAnswerSchema } from './schemas.ts';

let harness: Harness;
let token: string;
beforeAll(async () => {
  harness = await startHarness();
  ({ token } = await harness.person());
});
afterAll(() => harness.stop());

async function write(items: readonly unknown[], more: object = {}, as = token) {
  const body = { items, ...more };
  const answer = await harness.request('POST', '/api/materials/batch', { token: as, body });
  expect(answer).toMatchObject({ status: 200 });
  return batchAnswerSchema.parse(answer.body);
}

const create = (more: Record<string, unknown> = {}) => ({
  operation: 'create',
  material: someMaterial(more),
});
const update = (id: string, material: object) => ({ operation: 'update', id, material });
const row = (id: MaterialId) =>
  harness.db.selectFrom('materials').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const auditOf = (id: MaterialId) =>
  harness.db
    .selectFrom('auditLog')
    .select(['action'])
    .where('subject', '=', `material:${id}`)
    .orderBy('id')
    .execute();

/** How many materials and changes there are. */
async function counts() {
  const count = async (table: 'materials' | 'materialHistory' | 'jobs') =>
    (await harness.db.selectFrom(table).select('id').execute()).length;
  return [await count('materials'), await count('materialHistory'), await count('jobs')];
}

describe('the options of a batch', () => {
  it('writes nothing with allOrNothing if one item fails, and skips the others', async () => {
    const before = await counts();
    const { results, counts: counted } = await write([create(), create({ title: '' })], {
      allOrNothing: true,
    });
    expect(results).toMatchObject([
      { status: 'skipped', material: null },
      { status: 'failed', problem: { status: 422 } },
    ]);
    expect(counted).toMatchObject({ created: 0, skipped: 1, failed: 1 });
    expect(await counts()).toEqual(before);
  });

  it('writes all items with allOrNothing if none fails', async () => {
    const { results } = await write([create(), create()], { allOrNothing: true });
    expect(results).toMatchObject([{ status: 'created' }, { status: 'created' }]);
  });

  it('skips an update without a material with skipMissing, and still fails a wrong item', async () => {
    const missing = update(uuidv7(), { theme: 'Air' });
    const { results } = await write([missing, create({ title: '' })], { skipMissing: true });
    expect(results.map(({ status }) => status)).toEqual(['skipped', 'failed']);
  });

  it('answers whole materials and each changed text before and after', async () => {
    const description = 'd'.repeat(1_000);
    const { material } = await harness.add(token, { description, metadata: { Catatan: 'lama' } });
    const { results } = await write(
      [update(material.id, { theme: 'Air', metadata: { Catatan: 'baru' } })],
      { whole: true },
    );
    expect(results[0]).toMatchObject({
      material: { description, metadata: { Catatan: 'baru' }, cut: [] },
      changes: [
        { field: 'theme', before: '', after: 'Air' },
        { field: 'metadata.Catatan', before: 'lama', after: 'baru' },
      ],
    });
  });

  it('keeps the execution that asked in the history', async () => {
    const { results } = await write([create()], { execution: 'n8n:4711' });
    const id = materialIdSchema.parse(results[0]?.material?.id);
    const path = `/api/materials/${id}/history`;
    const { body } = await harness.request('GET', path, { token });
    const { items } = body as { items: Array<{ execution: string | null }> };
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(({ execution }) => execution))).toEqual(new Set(['n8n:4711']));
  });
});

describe('archiving by a batch', () => {
  it('archives and restores materials of their author, and leaves those that are so already', async () => {
    const [one, other] = [await harness.add(token), await harness.add(token)];
    const ids = [one.material.id, other.material.id];
    const all = (operation: string) => ids.map((id) => ({ operation, id }));
    const archived = await write(all('archive'));
    expect(archived.counts).toMatchObject({ archived: 2 });
    expect((await row(one.material.id)).archivedAt).not.toBe('');
    const again = await write(all('archive'));
    expect(again.counts).toMatchObject({ unchanged: 2 });
    const restored = await write(all('restore'));
    expect(restored.counts).toMatchObject({ restored: 2 });
    expect(await row(other.material.id)).toMatchObject({ archivedAt: '', revision: 3 });
    const actions = (await auditOf(one.material.id)).map(({ action }) => action);
    expect(actions.slice(-2)).toEqual(['material.archived', 'material.restored']);
  });

  it('takes archiving from a service key, and fails for another teacher and a stale ETag', async () => {
    const { material } = await harness.add(token);
    const { token: teacher } = await harness.person();
    const item = { operation: 'archive', id: material.id };
    const resultOf = async (one: object, as: string) => (await write([one], {}, as)).results[0];
    expect((await resultOf(item, teacher))?.problem?.type).toBe('/problems/forbidden');
    expect((await resultOf({ ...item, ifMatch: '"7"' }, token))?.problem?.type).toBe(
      '/problems/stale',
    );
    expect((await row(material.id)).archivedAt).toBe('');
    expect((await resultOf(item, SERVICE_KEY))?.status).toBe('archived');
  });
});
