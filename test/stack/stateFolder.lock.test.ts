import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunsAlready } from '../../local/stack/index.ts';
import { takeStateFolder } from '../../local/stack/lock.ts';

// A hundred rounds, each with a new process.
jest.setTimeout(300_000);

let state: string;
beforeAll(() => {
  state = mkdtempSync(join(tmpdir(), 'materi-lock-'));
});
afterAll(() => rmSync(state, { recursive: true }));

const node = join(__dirname, '..', '..', 'node_modules', '.bin', 'node');
const contender = (): ChildProcess =>
  fork(join(__dirname, '..', 'harness', 'stack', 'lockContender.ts'), [state], { execPath: node });

async function answer(process: ChildProcess, atMs: number): Promise<unknown> {
  const answered = once(process, 'message');
  process.send(atMs);
  return (await answered)[0];
}

async function kill(process: ChildProcess): Promise<void> {
  const gone = once(process, 'exit');
  process.kill('SIGKILL');
  await gone;
}

describe('the lock of a state folder', () => {
  it('goes to exactly one of four starts, 100 times, after its holder was killed', async () => {
    const contenders = Array.from({ length: 4 }, contender);
    try {
      for (let round = 0; round < 100; round += 1) {
        const atMs = Date.now() + 5;
        const answers = await Promise.all(contenders.map((one) => answer(one, atMs)));
        const winners = contenders.filter((_, index) => answers[index] === 'took it');
        expect({ round, answers, winners: winners.length }).toMatchObject({ winners: 1 });
        const losers = answers.filter((text) => text !== 'took it');
        expect(losers.every((text) => String(text).includes('runs already'))).toBe(true);
        await Promise.all(winners.map(kill));
        contenders.splice(
          contenders.findIndex((one) => winners.includes(one)),
          1,
          contender(),
        );
      }
    } finally {
      await Promise.all(contenders.map(kill));
    }
  });

  it('is refused to a second start, which names the process that has it', () => {
    const giveBack = takeStateFolder(state);
    expect(() => takeStateFolder(state)).toThrow(RunsAlready);
    expect(() => takeStateFolder(state)).toThrow(`process ${process.pid}`);
    expect(readdirSync(state).sort()).toEqual(['running.json', 'running.lock']);
    giveBack();
    takeStateFolder(state)();
  });

  it('is free when only the file that names its holder was left', () => {
    writeFileSync(join(state, 'running.json'), JSON.stringify({ pid: 1, startedAt: 'boot/1' }));
    takeStateFolder(state)();
  });

  it('is given back once: a second call does not free the next holder’s', () => {
    const first = takeStateFolder(state);
    first();
    const second = takeStateFolder(state);
    first();
    expect(() => takeStateFolder(state)).toThrow(RunsAlready);
    second();
  });
});
