import type { ProbeContext, Probe } from './probe.ts';
import { batches } from './probes/batches.ts';
import { cells } from './probes/cells.ts';
import { grid } from './probes/grid.ts';
import { questions, type Question } from './questions.ts';
import { messageOf, type CheckedSheet } from './sheet.ts';

export const PROBES: readonly Probe[] = [...grid, ...batches, ...cells];

export interface Outcome {
  readonly name: string;
  readonly holds: boolean;
  /** The differences, or the reason why it could not be tried. */
  readonly found: readonly string[];
}

/** An answer to a question about Google that its documentation leaves open. */
export interface Answer {
  readonly name: string;
  readonly answer: string;
}

const ROWS = 40;

/**
 * Tries everything that the portal rests on and asks what nobody knows, one after the other. It works in
 * new tabs, and always removes them at the end.
 *
 * @throws what Google said if the tabs cannot be made or removed
 */
export async function check(
  sheet: CheckedSheet,
  probes: readonly Probe[] = PROBES,
  asked: readonly Question[] = questions,
): Promise<{ outcomes: Outcome[]; answers: Answer[] }> {
  let used = 0;
  try {
    const context: ProbeContext = {
      sheet,
      catalog: await sheet.addTab(sheet.newTab(ROWS, 16)),
      journal: await sheet.addTab(sheet.newTab(ROWS, 17), true),
      rows: (count) => (used += count) - count,
    };
    const outcomes: Outcome[] = [];
    for (const { name, run } of probes) {
      const found = await run(context).catch((e: unknown) => [
        `could not be tried: ${messageOf(e)}`,
      ]);
      outcomes.push({ name, holds: found.length === 0, found });
    }
    const answers: Answer[] = [];
    for (const { name, ask } of asked) {
      const answer = await ask(sheet).catch(
        (e: unknown) => `could not be found out: ${messageOf(e)}`,
      );
      answers.push({ name, answer });
    }
    return { outcomes, answers };
  } finally {
    await sheet.cleanUp();
  }
}

/** All that was tried as a table, with what was otherwise below its line. */
export function table(outcomes: readonly Outcome[], answers: readonly Answer[] = []): string {
  const lines = outcomes.flatMap(({ name, holds, found }) => [
    `${holds ? 'holds   ' : 'DOES NOT'}  ${name}`,
    ...found.map((text) => `            ${text}`),
  ]);
  const held = outcomes.filter(({ holds }) => holds).length;
  const told = answers.map(({ name, answer }) => `found out  ${name}: ${answer}`);
  return [...lines, ...told, '', `${held} of ${outcomes.length} hold`].join('\n');
}
