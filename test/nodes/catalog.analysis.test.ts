import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { analysisResultSchema, summaryOf } from '../../core/index.ts';
import { HEADER, typed } from '../harness/direct.ts';
import { automatic, startCatalog, type Catalog } from '../harness/nodes/catalog.ts';
import { RESULT } from '../harness/nodes/materials.ts';

const ID = '01980000-0000-7000-8000-000000000001';
const OTHER = '01980000-0000-7000-8000-000000000002';
const MORE = {
  MATERIAL_DESC: 'Daun mengolah cahaya matahari menjadi makanan bagi tumbuhan.',
  MATERIAL_THEME: 'Tumbuhan',
};

let catalog: Catalog;
beforeEach(async () => {
  catalog = await startCatalog([
    HEADER,
    typed('Bagian daun', { MATERIAL_ID: ID, ...MORE }),
    typed('Bagian akar', { MATERIAL_ID: OTHER, ...MORE }),
  ]);
});
afterEach(() => catalog.harness.stop());

const aiCells = async () => {
  const [head = [], ...rows] = await catalog.harness.rows();
  const cell = (row: readonly unknown[], name: string) => row[head.indexOf(name)] ?? '';
  return rows.map((row) => ({
    id: cell(row, 'MATERIAL_ID'),
    description: cell(row, 'MATERIAL_DESC'),
    summary: cell(row, 'AI_SUMMARY'),
    status: cell(row, 'AI_STATUS'),
    source: cell(row, 'AI_SOURCE'),
  }));
};

const analyse = (write: object) =>
  catalog.runChain([
    {
      type: 'materiCatalog',
      name: 'Get Many',
      parameters: { operation: 'getMany', returnAll: true, filters: {} },
    },
    { type: 'materiGemini', name: 'Analyze', parameters: { operation: 'analyze' } },
    { type: 'materiCatalog', name: 'Write', parameters: { ...write } },
  ]);

describe('An analysis that a workflow writes to the sheet', () => {
  it.each([
    ['Update with automatic mapping', { operation: 'update', ...automatic() }],
    ['Write Analysis', { operation: 'writeAnalysis' }],
  ])('is in its row after Get Many, Analyze and %s', async (_, write) => {
    const { error, nodes } = await analyse(write);
    expect(error).toBeUndefined();
    const given = nodes['Analyze']?.data?.['main']?.[0] ?? [];
    const results = given.map(({ json }) => analysisResultSchema.parse(json['result']));
    expect(await aiCells()).toEqual(
      [ID, OTHER].map((id, n) => ({
        id,
        description: MORE.MATERIAL_DESC,
        status: 'COMPLETED',
        summary: results[n] && summaryOf(results[n]),
        source: results[n]?.source,
      })),
    );
    const written = nodes['Write']?.data?.['main']?.[0] ?? [];
    expect(written.map(({ json }) => json['change'])).toEqual(['updated', 'updated']);
    const filters = { notAnalysed: true };
    const { items } = await catalog.run('getMany', { returnAll: true, filters });
    expect(items).toEqual([]);
  });

  it.each([
    ['Update', 'update', automatic()],
    ['Write Analysis', 'writeAnalysis', {}],
  ])('leaves an edit that a person made meanwhile, by %s', async (_, operation, parameters) => {
    const { items } = await catalog.run('getMany', { limit: 1, filters: {} });
    await catalog.harness.person.types('C2', 'Ditulis ulang oleh guru');
    const analysed = items.map(({ json }) => ({ ...json, result: RESULT }));
    const { error } = await catalog.run(operation, parameters, analysed);
    expect(error).toBeUndefined();
    expect((await aiCells())[0]).toMatchObject({
      description: 'Ditulis ulang oleh guru',
      summary: RESULT.analysis.summary.teacher,
    });
  });

  it('adds the columns that a sheet lacks for it', async () => {
    await catalog.harness.stop();
    const few = HEADER.slice(0, 9);
    catalog = await startCatalog([few, typed('Daun', { MATERIAL_ID: ID }).slice(0, 9)]);
    const { error } = await catalog.run('writeAnalysis', {}, [{ id: ID, result: RESULT }]);
    expect(error).toBeUndefined();
    expect((await aiCells())[0]).toMatchObject({
      id: ID,
      summary: RESULT.analysis.summary.teacher,
    });
  });

  it('is matched by a title where that is the key', async () => {
    const material = { title: 'Bagian akar', description: 'lain', id: OTHER };
    const item = { material, result: RESULT };
    const { error } = await catalog.run('update', automatic(['MATERIAL_TITLE']), [item]);
    expect(error).toBeUndefined();
    expect((await aiCells())[1]).toMatchObject({
      description: MORE.MATERIAL_DESC,
      summary: RESULT.analysis.summary.teacher,
    });
  });

  it('is written with its material where Create adds the row', async () => {
    const material = { subject: 'IPA', title: 'Batang', type: 'Video', level: 'Fase C' };
    const { items } = await catalog.run('create', automatic(), [{ material, result: RESULT }]);
    expect(items).toMatchObject([
      { json: { change: 'created', material: { aiSummary: RESULT.analysis.summary.teacher } } },
    ]);
  });

  it('is written by Create from a simplified item to which Materi Gemini added warnings', async () => {
    const material = { subject: 'IPA', title: 'Batang', type: 'Video', level: 'Fase C' };
    const warnings = [{ code: 'other_model', message: 'Another model answered.' }];
    const item = { ...material, result: RESULT, warnings };
    const { items, error } = await catalog.run('create', automatic(), [item]);
    expect(error).toBeUndefined();
    expect(items).toMatchObject([{ json: { change: 'created' } }]);
  });

  it.each([
    ['Update', 'update', automatic()],
    ['Write Analysis', 'writeAnalysis', {}],
  ])('is refused by %s where the result is none, and the others are written', async (...given) => {
    const [, operation, parameters] = given;
    const { items, failed } = await catalog.run(
      operation,
      parameters,
      [
        { material: { id: ID }, result: { text: 'Ringkasan' } },
        { material: { id: OTHER }, result: RESULT },
      ],
      'continueErrorOutput',
    );
    expect(failed).toMatchObject([
      { json: { error: { code: 'invalid_value', message: expect.stringContaining('analysis:') } } },
    ]);
    expect(items.map(({ json }) => json['change'])).toEqual(['updated']);
  });

  it('is refused where the item has no result, and says what to put before the node', async () => {
    const { error } = await catalog.run('writeAnalysis', {}, [{ id: ID }]);
    expect(error?.message).toBe(
      'The item has no result. Put Materi Gemini: Analyze before this node, and pass its result on.',
    );
  });

  it('says unchanged when it is written a second time', async () => {
    const item = { material: { id: ID }, result: RESULT };
    await catalog.run('writeAnalysis', {}, [item]);
    const { items } = await catalog.run('writeAnalysis', {}, [item]);
    expect(items.map(({ json }) => json['change'])).toEqual(['unchanged']);
  });

  it('fails when the item brings nothing that fits a column', async () => {
    const { error } = await catalog.run('update', automatic(), [{ material: { id: ID } }]);
    expect(error?.message).toContain('nothing to write beside MATERIAL_ID');
  });
});
