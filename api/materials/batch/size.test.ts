import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { create, update, startBatches, type Batches } from '../../../test/harness/batches.ts';

let batches: Batches;
beforeAll(async () => {
  batches = await startBatches();
});
afterAll(() => batches.harness.stop());

describe('the size of a batch', () => {
  it('writes 500 items, and refuses 501 and none with the path', async () => {
    const before = await batches.counts();
    const items = Array.from({ length: 500 }, (_, n) => create({ title: `Materi ${n}` }));
    const { results, counts: statuses } = await batches.write(items);
    expect(statuses).toMatchObject({ created: 500, updated: 0, unchanged: 0, failed: 0 });
    expect(results.map(({ material }) => material?.title)).toEqual(
      items.map(({ material }) => material['title' as keyof typeof material]),
    );
    const after = await batches.counts();
    for (const table of ['materials', 'jobs', 'audit_log']) {
      expect((after[table] ?? 0) - (before[table] ?? 0)).toBe(500);
    }
    for (const refused of [[...items, create()], []]) {
      expect(await batches.send({ items: refused })).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'items', message: expect.stringContaining('500') }] },
      });
    }
    expect(await batches.counts()).toEqual(after);
  });

  it('takes 3 MB of texts, and refuses more than 4 MB', async () => {
    const long = 'x'.repeat(50_000);
    const items = (most: number) =>
      Array.from({ length: most }, () => create({ description: long }));
    const { results } = await batches.write(items(60));
    expect(results[0]?.material).toMatchObject({
      description: long.slice(0, 300),
      cut: ['description'],
    });
    expect(await batches.send({ items: items(90) })).toMatchObject({ status: 413 });
  });

  it('refuses materials that have more than 32 MB of texts together, and changes nothing', async () => {
    const text = 'x'.repeat(50_000);
    const metadata = Object.fromEntries(Array.from({ length: 35 }, (_, n) => [`Kolom ${n}`, text]));
    const added = await batches.write(Array.from({ length: 20 }, () => create()));
    const ids = added.results.flatMap(({ material }) => material?.id ?? []);
    await batches.harness.db
      .updateTable('materials')
      .set({ metadata: JSON.stringify(metadata) })
      .where('id', 'in', ids)
      .execute();
    const items = ids.map((id) => update(id, { title: 'x' }));
    expect(await batches.send({ items })).toMatchObject({
      status: 413,
      body: { detail: expect.stringContaining('32 MB') },
    });
    expect((await batches.write(items.slice(0, 10))).counts.updated).toBe(10);
  });
});
