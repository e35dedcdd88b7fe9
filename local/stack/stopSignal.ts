/** Milliseconds in which a second signal is the same wish: npm passes on what the terminal sends. */
const SAME_WISH = 1_000;

/**
 * Resolves on Ctrl-C, SIGTERM or the terminal's end, after calling `atOnce`. Ctrl-C again, a second
 * later or more, means now: the process exits, and the next start ends what it leaves.
 */
export function onStopSignal(atOnce: () => void): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const receive = (signal: NodeJS.Signals) => {
      if (first === undefined) {
        first = Date.now();
        atOnce();
        resolve(signal);
      } else if (signal === 'SIGINT' && Date.now() - first > SAME_WISH) {
        process.exit(130);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, receive);
  });
}
