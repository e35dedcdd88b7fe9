/** Between 8, what linear work gives, and 64, what quadratic work gives. */
export const LINEAR = 30;

/**
 * How many times longer 8 n take than n. A busy machine can only make it look like more, so what
 * looks like more is measured again.
 */
export function growth(work: (n: number) => void, n: number): number {
  let least = Infinity;
  for (let tries = 0; tries < 4 && least >= LINEAR; tries += 1) {
    least = Math.min(least, fastest(() => work(8 * n)) / fastest(() => work(n)));
  }
  return least;
}

/** Milliseconds of one run, the fastest of several. Short runs are repeated until they can be measured. */
function fastest(run: () => void): number {
  let best = Infinity;
  for (let runs = 1, round = 0; round < 5;) {
    const start = performance.now();
    for (let count = 0; count < runs; count += 1) run();
    const took = performance.now() - start;
    if (took < 2) {
      runs *= 4;
      continue;
    }
    best = Math.min(best, took / runs);
    round += took > 100 ? 5 : 1;
  }
  return best;
}
