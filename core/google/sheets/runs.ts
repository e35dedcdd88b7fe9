/** Rows without gaps: 0-based, the end exclusive. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/**
 * Row numbers as runs, in order. If there are more runs than allowed, runs with the smallest gaps
 * between them become one.
 */
export function runsOf(rows: Iterable<number>, most = Infinity): Run[] {
  const sorted = [...new Set(rows)].sort((a, b) => a - b);
  const gaps = sorted.map((row, at) => row - (sorted[at - 1] ?? row - 2)).filter((gap) => gap > 1);
  const widest = gaps.sort((a, b) => b - a)[most] ?? 1;
  const runs: { start: number; end: number }[] = [];
  for (const row of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && row + 1 - last.end <= widest) last.end = row + 1;
    else runs.push({ start: row, end: row + 1 });
  }
  return runs;
}
