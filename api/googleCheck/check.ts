import type { Bench, Probe } from './probe.ts';
import { batches } from './probes/batches.ts';
import { cells } from './probes/cells.ts';
import { grid } from './probes/grid.ts';
import { messageOf, type CheckedSheet } from './sheet.ts';

export const PROBES: readonly Probe[] = [...grid, ...batches, ...cells];

export interface Outcome {
  readonly name: string;
  readonly holds: boolean;
  /** What was otherwise, or why it could not be tried. */
  readonly found: readonly string[];
}

const ROWS = 40;

/**
 * Tries everything that the portal rests on, one after the other, in tabs of its own that are removed
 * afterwards, whatever happens.
 *
 * @throws what Google said if the tabs cannot be made or removed
 */
export async function check(
  sheet: CheckedSheet,
  probes: readonly Probe[] = PROBES,
): Promise<Outcome[]> {
  let used = 0;
  try {
    const bench: Bench = {
      sheet,
      catalog: await sheet.addTab(sheet.newTab(ROWS, 16)),
      carbon: await sheet.addTab(sheet.newTab(ROWS, 17), true),
      rows: (count) => (used += count) - count,
    };
    const outcomes: Outcome[] = [];
    for (const { name, run } of probes) {
      const found = await run(bench).catch((e: unknown) => [`could not be tried: ${messageOf(e)}`]);
      outcomes.push({ name, holds: found.length === 0, found });
    }
    return outcomes;
  } finally {
    await sheet.cleanUp();
  }
}

/** The outcomes as a table, with what was otherwise below its line. */
export function table(outcomes: readonly Outcome[]): string {
  const lines = outcomes.flatMap(({ name, holds, found }) => [
    `${holds ? 'holds   ' : 'DOES NOT'}  ${name}`,
    ...found.map((text) => `            ${text}`),
  ]);
  const held = outcomes.filter(({ holds }) => holds).length;
  return [...lines, '', `${held} of ${outcomes.length} hold`].join('\n');
}
