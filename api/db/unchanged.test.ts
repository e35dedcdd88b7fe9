import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHarness, type Harness } from '../../test/harness/portal.ts';
import { keepUnchanged, readSnapshot } from './unchanged.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const textOf = async (answer: Promise<Buffer>) => (await answer).toString();

describe('a kept answer', () => {
  it('is given again in the same snapshot, and read again in another one', async () => {
    const kept = keepUnchanged({ most: 2 });
    let reads = 0;
    const ask = (snapshot: string, key: string) =>
      textOf(kept.of(harness.db, snapshot, key, () => Promise.resolve((reads += 1))));
    expect(await Promise.all([ask('1', 'a'), ask('1', 'a'), ask('1', 'b')])).toEqual([
      ...['1', '1', '2'],
    ]);
    expect(await ask('2', 'a')).toBe('3');
    expect(await ask('1', 'b')).toBe('4');
  });

  it('is not kept beyond the number of answers', async () => {
    const kept = keepUnchanged({ most: 1 });
    let reads = 0;
    const ask = (key: string) =>
      textOf(kept.of(harness.db, '1', key, () => Promise.resolve((reads += 1))));
    expect([await ask('a'), await ask('b'), await ask('b'), await ask('a')]).toEqual([
      ...['1', '2', '3', '1'],
    ]);
  });

  it('is not kept if its read failed', async () => {
    const kept = keepUnchanged({ most: 1 });
    const fails = kept.of(harness.db, '1', 'a', () => Promise.reject(new Error('no answer')));
    await expect(fails).rejects.toThrow('no answer');
    const works = kept.of(harness.db, '1', 'a', () => Promise.resolve('read'));
    expect(await textOf(works)).toBe('"read"');
  });
});

it('a snapshot differs after each commit of another connection', async () => {
  const seen = new Set<string>();
  for (let n = 0; n < 5; n += 1) {
    seen.add(await readSnapshot(harness.db));
    await harness.add();
  }
  expect(seen.size).toBe(5);
});

it('a list shows a change of another instance at once', async () => {
  const { material } = await harness.add();
  const { token } = await harness.person();
  for (const title of ['Satu', 'Dua', 'Tiga']) {
    await harness.db
      .updateTable('materials')
      .set({ title })
      .where('id', '=', material.id)
      .execute();
    const { body } = await harness.request('GET', '/api/materials?limit=1', { token });
    expect(body).toMatchObject({ items: [{ id: material.id, title }] });
  }
});
