import type { Kysely } from 'kysely';
import type { Database } from '../../db/schema.ts';
import { emptyTables, HEADER, startBench } from '../syncBench.ts';
import { Adversary, type Step } from './index.ts';

/**
 * Plays steps on a new sheet.
 *
 * @param isConfirming false: without the confirmation of what was written
 * @returns what was lost or doubled
 */
export async function lossesOf(
  db: Kysely<Database>,
  steps: readonly Step[],
  isConfirming = true,
): Promise<string[]> {
  await emptyTables(db);
  const bench = await startBench(db, [
    [...HEADER, 'Catatan Guru'],
    ['IPA', 'Satu', '', 'Video', 'Fase C'],
    ['IPA', 'Dua', '', 'Video', 'Fase C'],
  ]);
  try {
    const adversary = new Adversary(db, bench, isConfirming);
    for (const one of steps) await adversary.play(one);
    return (await adversary.rest()).problems;
  } finally {
    await bench.stop();
  }
}
