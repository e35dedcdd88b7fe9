import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { EDITABLE_FIELDS, materialIdSchema } from '../../../core/index.ts';
import { update, startBatches, type Batches } from '../../../test/harness/batches.ts';
import { someMaterial } from '../../../test/harness/portal.ts';

let batches: Batches;
beforeAll(async () => {
  batches = await startBatches();
});
afterAll(() => batches.harness.stop());

describe('createOrUpdate', () => {
  const both = (material: object, more: object = {}) => ({
    operation: 'createOrUpdate',
    material,
    ...more,
  });

  it('finds a material by its texts with other composition, blanks or catalog names', async () => {
    const title = `Café ${uuidv7()}`;
    const { material } = await batches.harness.add(batches.token, { title, subject: 'mtk' });
    const { results } = await batches.write(
      [
        both({ title: ` ${title.normalize('NFD')}\u00a0`, subject: 'Matematika', theme: 'A' }),
        both({ title, subject: 'mtk', theme: 'A' }),
        both(someMaterial({ title, subject: 'IPA' })),
      ],
      { matchBy: ['title', 'subject'] },
    );
    expect(results.map((one) => [one.status, one.material?.id === material.id])).toEqual([
      ['updated', true],
      ['unchanged', true],
      ['created', false],
    ]);
  });

  it('finds a row whose subject a person typed under another name', async () => {
    const title = uuidv7();
    const { material } = await batches.harness.add(batches.token, { title });
    await batches.harness.db
      .updateTable('materials')
      .set({ subject: 'mtk' })
      .where('id', '=', material.id)
      .execute();
    const { results } = await batches.write([both({ title, subject: 'mtk', theme: 'A' })], {
      matchBy: ['title', 'subject'],
    });
    expect(results[0]?.material?.id).toBe(material.id);
  });

  it('finds a material that an item before it created or renamed', async () => {
    const [first, second] = [uuidv7(), uuidv7()];
    const { results } = await batches.write(
      [
        both(someMaterial({ title: first })),
        both({ title: first, theme: 'Air' }),
        { operation: 'update', material: { title: second } },
      ],
      { matchBy: ['title'] },
    );
    expect(results.map(({ status }) => status)).toEqual(['created', 'updated', 'failed']);
    const [made] = await batches.withTitle(first);
    expect(made).toMatchObject({ revision: 2, theme: 'Air', pending: { id: 1, theme: 2 } });
    expect(await batches.historyOf(made?.id ?? materialIdSchema.parse(uuidv7()))).toHaveLength(6);

    const id = materialIdSchema.parse(results[0]?.material?.id);
    const renamed = await batches.write(
      [update(id, { title: second }), both({ title: second, theme: '' })],
      {
        matchBy: ['title'],
      },
    );
    expect(renamed.results.map(({ material }) => material?.id)).toEqual([id, id]);
    expect(await batches.row(id)).toMatchObject({ title: second, theme: '', revision: 4 });
  });

  it('fails if several materials match, and leaves out deleted materials', async () => {
    const title = uuidv7();
    const { material } = await batches.harness.add(batches.token, { title });
    const { material: other } = await batches.harness.add(batches.token, { title });
    const item = both({ title, theme: 'Air' });
    const refused = await batches.write([item], { matchBy: ['title'] });
    expect(refused.results[0]?.problem).toMatchObject({ type: '/problems/ambiguous', status: 409 });
    await batches.harness.db
      .updateTable('materials')
      .set({ deletedAt: new Date() })
      .where('id', '=', other.id)
      .execute();
    const { results } = await batches.write([item], { matchBy: ['title'] });
    expect(results[0]).toMatchObject({ status: 'updated', material: { id: material.id } });
  });

  it('creates a material with the id that it gives, and updates it the next time', async () => {
    const id = uuidv7();
    const item = both(someMaterial(), { id: id.toUpperCase() });
    const first = await batches.write([item, item]);
    expect(first.results.map(({ status }) => status)).toEqual(['created', 'unchanged']);
    expect(first.results[0]?.material?.id).toBe(id);
    const again = await batches.write([both({ title: 'Baru' }, { id })]);
    expect(again.results[0]).toMatchObject({ status: 'updated', material: { id } });
  });

  it.each([
    ['no text to match by', { theme: 'x' }, 'items.0.material.title'],
    ['an empty one', { title: ' ' }, 'items.0.material.title'],
    ['one that PostgreSQL cannot store', { title: 'a\0' }, 'items.0.material.title'],
  ])('fails an item with %s', async (_, material, path) => {
    const { results } = await batches.write([both(material)], { matchBy: ['title'] });
    expect(results[0]?.problem?.errors).toMatchObject([{ path }]);
  });

  it.each([
    ['without title', ['subject']],
    ['with an unknown field', ['title', 'unknown']],
    ['that is empty', []],
    ['that is too long', [...EDITABLE_FIELDS, 'title']],
  ])('is refused with matchBy %s', async (_, matchBy) => {
    expect((await batches.send({ matchBy, items: [both(someMaterial())] })).status).toBe(422);
  });

  it('makes one material of two batches at once that bring the same new text', async () => {
    for (let round = 0; round < 3; round += 1) {
      const titles = Array.from({ length: 20 }, () => uuidv7());
      const items = titles.map((title) => both(someMaterial({ title })));
      const answers = await Promise.all([
        batches.write(items, { matchBy: ['title', 'subject'] }),
        batches.write(items.toReversed(), { matchBy: ['title', 'subject'] }),
      ]);
      const statuses = answers.flatMap(({ results }) => results.map(({ status }) => status));
      expect(statuses.filter((status) => status === 'created')).toHaveLength(20);
      expect(statuses.filter((status) => status === 'unchanged')).toHaveLength(20);
      for (const title of titles) expect(await batches.withTitle(title)).toHaveLength(1);
    }
  });

  it('makes one material of two batches at once that bring the same new id', async () => {
    for (let round = 0; round < 3; round += 1) {
      const ids = Array.from({ length: 20 }, () => uuidv7());
      const items = (theme: string) => ids.map((id) => both(someMaterial({ theme }), { id }));
      const answers = await Promise.all([
        batches.write(items('A')),
        batches.write(items('B').toReversed()),
      ]);
      const statuses = answers.flatMap(({ results }) => results.map(({ status }) => status));
      expect(statuses.filter((status) => status === 'created')).toHaveLength(20);
      expect(statuses.filter((status) => status === 'updated')).toHaveLength(20);
    }
  });
});
