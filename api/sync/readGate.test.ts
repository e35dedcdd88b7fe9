import { describe, expect, it } from '@jest/globals';
import { SheetError } from '../../core/index.ts';
import { createLogger } from '../log.ts';
import { ReadGate } from './readGate.ts';

/** A gate, and Drive's next answer. */
function gateWith(first: string | Error) {
  let next = first;
  let asked = 0;
  const version = () => {
    asked += 1;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  const gate = new ReadGate(version, createLogger('silent'));
  return { gate, asked: () => asked, answers: (answer: string | Error) => (next = answer) };
}

describe('an idle leader', () => {
  it('reads when the version has changed, and not while it is the same', async () => {
    const { gate, answers } = gateWith('7');
    expect(await gate.isDue(0)).toBe(true);
    gate.noteRead(0);
    expect(await gate.isDue(5_000)).toBe(false);
    answers('8');
    expect(await gate.isDue(10_000)).toBe(true);
  });

  it('reads after a minute at the latest, for the version may be late', async () => {
    const { gate } = gateWith('7');
    await gate.isDue(0);
    gate.noteRead(0);
    expect(await gate.isDue(59_999)).toBe(false);
    expect(await gate.isDue(60_000)).toBe(true);
    gate.noteRead(60_000);
    expect(await gate.isDue(65_000)).toBe(false);
  });

  it('reads each time where the Drive API refuses, and asks it no more', async () => {
    const { gate, asked } = gateWith(new SheetError('no_access', 'Google (403): not enabled'));
    for (let time = 0; time < 3; time += 1) {
      expect(await gate.isDue(time)).toBe(true);
      gate.noteRead(time);
    }
    expect(asked()).toBe(1);
    expect(gate.isOfUse).toBe(false);
  });

  it('reads while Drive does not answer, and trusts its next answers', async () => {
    const { gate, answers } = gateWith(new SheetError('unknown', 'Google (no answer)'));
    expect(await gate.isDue(0)).toBe(true);
    gate.noteRead(0);
    answers('7');
    expect(await gate.isDue(1)).toBe(true);
    gate.noteRead(1);
    expect(await gate.isDue(2)).toBe(false);
  });
});
