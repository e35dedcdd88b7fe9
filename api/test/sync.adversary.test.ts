import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { SheetError, type MaterialId } from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { emptyTables, HEADER, startBench, type Bench } from './syncBench.ts';

/** What happens in one step; `behind` happens between the cycle's read and its write. */
type Step =
  | { kind: 'add' }
  | { kind: 'analyse'; which: number }
  | { kind: 'cycle'; instance: 0 | 1; behind: Deed | null; fault: Fault | null };
type Deed =
  | { kind: 'insertRow'; at: number }
  | { kind: 'insertColumn'; at: number }
  | { kind: 'note'; row: number }
  | { kind: 'summary'; row: number }
  | { kind: 'other' }
  | { kind: 'crash' };
type Fault = { status: 429 | 503; when: 'before' | 'after' };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('insertRow' as const), at: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('insertColumn' as const), at: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ kind: fc.constant('note' as const), row: fc.nat(5) }),
  fc.record({ kind: fc.constant('summary' as const), row: fc.nat(5) }),
  fc.constant({ kind: 'other' as const }),
  fc.constant({ kind: 'crash' as const }),
);
const fault: fc.Arbitrary<Fault> = fc.constantFrom(
  { status: 429, when: 'before' },
  { status: 503, when: 'before' },
  { status: 503, when: 'after' },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'add' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('analyse' as const), which: fc.nat(9) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('cycle' as const),
      instance: fc.constantFrom(0 as const, 1 as const),
      behind: fc.option(deed),
      fault: fc.option(fault, { freq: 4 }),
    }),
  },
);

let database: TestDatabase;
let db: Kysely<Database>;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());

it('whatever people, faults and crashes do, every material has one row and every note stands', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      await emptyTables(db);
      const bench = await startBench(db, [
        [...HEADER, 'Catatan Guru'],
        ['IPA', 'Satu', '', 'Video', 'Fase C'],
        ['IPA', 'Dua', '', 'Video', 'Fase C'],
      ]);
      try {
        await play(bench, steps);
      } finally {
        await bench.stop();
      }
    }),
    { numRuns: Number(process.env['ADVERSARY_RUNS'] ?? 60) },
  );
}, 600_000);

async function play(bench: Bench, steps: readonly Step[]): Promise<void> {
  const instances = [bench.instance(), bench.instance()];
  const added: MaterialId[] = [];
  const summaries = new Map<MaterialId, string>();
  const typed = new Set<string>();
  const cellOf = async (header: string, row: number) => {
    const rows = await bench.rows();
    const column = (rows[0] ?? []).indexOf(header);
    const id = rows[row]?.[(rows[0] ?? []).indexOf('MATERIAL_ID')];
    return { exists: row > 0 && row < rows.length, column, id, text: String(rows[row]?.[column]) };
  };
  let count = 0;
  const type = async (header: string, row: number) => {
    const { exists, column, id, text } = await cellOf(header, row);
    if (!exists) return;
    // What people write over is theirs to lose.
    typed.delete(text);
    for (const [of, summary] of summaries) {
      if (of === id && summary === text) summaries.delete(of);
    }
    count += 1;
    typed.add(`tulisan ${count}.`);
    await bench.person.types(`${String.fromCharCode(65 + column)}${row + 1}`, `tulisan ${count}.`);
  };
  const act = async (what: Deed, other: 0 | 1) => {
    if (what.kind === 'crash') throw new Error('killed');
    if (what.kind === 'insertRow') await bench.person.insertsRow(what.at);
    if (what.kind === 'insertColumn' && ((await bench.rows())[0]?.length ?? 0) < 22) {
      await bench.person.insertsColumn(what.at);
    }
    if (what.kind === 'note') await type('Catatan Guru', what.row);
    if (what.kind === 'summary') await type('AI_SUMMARY', what.row);
    if (what.kind === 'other') await instances[other]?.cycle();
  };

  for (const now of steps) {
    if (now.kind === 'add') added.push(await bench.add(`Baru ${added.length}`));
    if (now.kind === 'analyse') {
      const id = added[now.which];
      if (id === undefined) continue;
      // A new analysis replaces what stood there before it, whoever wrote that.
      const row = (await bench.rows()).findIndex((cells) => cells.includes(id));
      typed.delete((await cellOf('AI_SUMMARY', row)).text);
      summaries.set(id, `ringkasan ${id}`);
      await bench.analysed(id, `ringkasan ${id}`);
    }
    if (now.kind !== 'cycle') continue;
    const { behind, instance } = now;
    if (now.fault !== null) {
      await bench.post('faults', {
        ...{ service: 'sheets', method: 'batchUpdate', kind: 'status', ...now.fault },
      });
    }
    const cycle =
      behind === null
        ? instances[instance]?.cycle()
        : instances[instance]?.cycleWith(() => act(behind, instance === 0 ? 1 : 0));
    await cycle?.catch((error: unknown) => {
      if (!(error instanceof SheetError) && String(error) !== 'Error: killed') throw error;
    });
    await fetch(`${bench.google.url}/stand-in/faults`, { method: 'DELETE' });
  }
  await bench.instance().settle();

  const [header = [], ...rows] = await bench.rows();
  const column = (name: string) => header.indexOf(name);
  const ids = rows.map((cells) => cells[column('MATERIAL_ID')] ?? '').filter((id) => id !== '');
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(added.length + 2);
  for (const [index, id] of added.entries()) {
    const row = rows.filter((cells) => cells[column('MATERIAL_ID')] === id);
    expect(row.map((cells) => cells[column('MATERIAL_TITLE')])).toEqual([`Baru ${index}`]);
  }
  const conflicts = JSON.stringify(await bench.conflicts());
  for (const [id, summary] of summaries) {
    const row = rows.find((cells) => cells[column('MATERIAL_ID')] === id);
    const isThere = row?.[column('AI_SUMMARY')] === summary;
    expect(isThere || conflicts.includes(summary)).toBe(true);
  }
  const cells = rows.flat().map(String);
  for (const text of typed) expect(cells.includes(text) || conflicts.includes(text)).toBe(true);
}
