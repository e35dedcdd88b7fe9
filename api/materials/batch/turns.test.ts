import { describe, expect, it } from '@jest/globals';
import { TIMING } from '../../timing.ts';
import { Turns } from './turns.ts';

const gate = () => Promise.withResolvers<string>();

describe('Turns', () => {
  it('begins a work when the work before it has ended, also if that one failed', async () => {
    const turns = new Turns({ timing: TIMING });
    const begun: string[] = [];
    const first = gate();
    const work = (name: string, ends: Promise<string>) => () => {
      begun.push(name);
      return ends;
    };
    const failed = turns.take(work('first', first.promise));
    const second = turns.take(work('second', Promise.resolve('done')));
    await new Promise(setImmediate);
    expect(begun).toEqual(['first']);
    first.reject(new Error('broken'));
    await expect(failed).rejects.toThrow('broken');
    expect(await second).toBe('done');
  });

  it('refuses a work whose turn does not come in time, and lets the next one follow the first', async () => {
    const turns = new Turns({ timing: { ...TIMING, turn: 20 } });
    const first = gate();
    const running = turns.take(() => first.promise);
    await expect(turns.take(() => Promise.resolve('late'))).rejects.toMatchObject({
      code: 'unavailable',
    });
    const third = turns.take(() => Promise.resolve('third'));
    first.resolve('first');
    expect(await running).toBe('first');
    expect(await third).toBe('third');
  });
});
