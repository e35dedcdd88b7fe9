import type { Logger } from '../log.ts';

const SAMPLE_MS = 20;

/** The event loop counts as overloaded when it has been late for so long: one slow turn is no overload. */
const PATIENCE_MS = 1_000;

/** Judges from samples whether the event loop is overloaded. */
export class Lag {
  readonly #mostMs: number;
  #lastAt: number;
  /** When the current series of late samples began; null: the last sample was in time. */
  #lateSince: number | null = null;

  /** @param mostMs how late a sample may be */
  constructor(mostMs: number, now: number) {
    this.#mostMs = mostMs;
    this.#lastAt = now;
  }

  /** Takes a sample. It is due SAMPLE_MS after the last. */
  sample(now: number): void {
    const lagMs = now - this.#lastAt - SAMPLE_MS;
    this.#lastAt = now;
    this.#lateSince = lagMs > this.#mostMs ? (this.#lateSince ?? now) : null;
  }

  get isOverload(): boolean {
    return this.#lateSince !== null && this.#lastAt - this.#lateSince >= PATIENCE_MS;
  }
}

export interface Load {
  readonly isOverloaded: () => boolean;
  stop(): void;
}

/** Watches the event loop of this thread. @param mostMs 0: it never counts as overloaded */
export function watchLoad(mostMs: number, log: Logger): Load {
  if (mostMs === 0) return { isOverloaded: () => false, stop: () => undefined };
  const lag = new Lag(mostMs, performance.now());
  let wasOverload = false;
  const timer = setInterval(() => {
    lag.sample(performance.now());
    if (lag.isOverload === wasOverload) return;
    wasOverload = lag.isOverload;
    if (wasOverload) log.warn({ lagMs: mostMs }, 'overloaded: answering 503');
    else log.info('no longer overloaded');
  }, SAMPLE_MS);
  timer.unref();
  return { isOverloaded: () => lag.isOverload, stop: () => clearInterval(timer) };
}
