import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '../log.ts';
import { until } from '../../test/harness/portal.ts';
import { Lag, watchLoad, type Load } from './lag.ts';

/** Takes samples that come so many milliseconds after each other. */
function after(...pausesMs: number[]): Lag {
  let now = 5_000;
  const lag = new Lag(200, now);
  for (const pauseMs of pausesMs) lag.sample((now += pauseMs));
  return lag;
}

const times = (count: number, pauseMs: number) => Array.from({ length: count }, () => pauseMs);

describe('The event loop', () => {
  it.each([
    ['is not overloaded when samples come in time', times(500, 20), false],
    ['is not overloaded when samples are late by 200 ms', times(50, 220), false],
    ['is overloaded when samples are late by more for a second', times(6, 270), true],
    ['is not yet overloaded when they are late for less', times(4, 270), false],
    ['is not overloaded after one turn of ten seconds', [10_020], false],
    ['is no longer overloaded after one sample in time', [...times(50, 270), 20], false],
    ['must be late for a whole second again', [...times(50, 270), 20, ...times(4, 270)], false],
  ])('%s', (_, pausesMs, isOverload) => {
    expect(after(...pausesMs).isOverload).toBe(isOverload);
  });
});

describe('The watch of this thread', () => {
  let load: Load;
  afterEach(() => load.stop());

  it('sees when the thread is busy, and when it is no longer busy', async () => {
    load = watchLoad(50, createLogger('silent'));
    while (!load.isOverloaded()) {
      const end = performance.now() + 150;
      while (performance.now() < end);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => !load.isOverloaded());
  });

  it('never counts as overloaded with the limit 0', () => {
    load = watchLoad(0, createLogger('silent'));
    expect(load.isOverloaded()).toBe(false);
  });
});
