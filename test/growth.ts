/** A text is made so many times longer. */
export const LONGER = 16;

/** Between 16, what linear work gives, and 256, what quadratic work gives. */
export const LINEAR = 64;

/**
 * How many times longer work takes for a text that is 16 times longer. A busy machine can only make it
 * look like more, so what looks like more is measured again.
 */
export function growth(work: (n: number) => void, n: number): number {
  let least = Infinity;
  for (let tries = 0; tries < 8 && least >= LINEAR; tries += 1) {
    least = Math.min(least, fastest(() => work(LONGER * n)) / fastest(() => work(n)));
  }
  return least;
}

/** Milliseconds of CPU of one run, the fastest of several. Short runs are repeated until they can be measured. */
function fastest(run: () => void): number {
  let best = Infinity;
  for (let runs = 1, round = 0; round < 5;) {
    const start = process.cpuUsage();
    for (let count = 0; count < runs; count += 1) run();
    const { user, system } = process.cpuUsage(start);
    const took = (user + system) / 1_000;
    if (took < 2) {
      runs *= 4;
      continue;
    }
    best = Math.min(best, took / runs);
    round += took > 100 ? 5 : 1;
  }
  return best;
}
