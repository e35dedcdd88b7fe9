import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '../../local/process/waitUntil.ts';

interface Setup {
  readonly process: ChildProcess;
  readonly said: string[];
  readonly output: () => string;
}

let project: string;
const setups: Setup[] = [];
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'materi-setup-'));
});
afterEach(async () => {
  for (const { process } of setups.splice(0)) await kill(process);
  rmSync(project, { recursive: true });
});

function start(): Setup {
  const child = fork(join(__dirname, '..', 'harness', 'stack', 'setupContender.mjs'), [project], {
    silent: true,
  });
  const said: string[] = [];
  let output = '';
  child.on('message', (message) => said.push(JSON.stringify(message)));
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const setup = { process: child, said, output: () => output };
  setups.push(setup);
  return setup;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const until = (what: string, is: () => boolean) => waitUntil(is, { what, within: 30_000 });

describe('two setups in one checkout', () => {
  it('work one after the other, and the second says what it waits for', async () => {
    const [first, second] = [start(), start()];
    const working = () => [first, second].filter(({ said }) => said.at(-1) === '"works"');
    const waiting = () => [first, second].find(({ output }) => output().includes('Waiting for'));
    await until('one to work and one to wait', () => working().length === 1 && !!waiting());
    expect(waiting()?.output()).toContain(`process ${working()[0]?.process.pid}`);
    const [winner] = working();
    winner?.process.send('end');
    await until('the other to work', () => working().length === 1 && working()[0] !== winner);
    working()[0]?.process.send('end');
    await until('both to be done', () => setups.every(({ said }) => said.at(-1) === '"done"'));
    expect(existsSync(join(project, '.local', 'setup.lock'))).toBe(false);
  });

  it('do not wait for one that was killed', async () => {
    const killed = start();
    await until('it to work', () => killed.said.includes('"works"'));
    await kill(killed.process);
    const next = start();
    await until('the next to work', () => next.said.includes('"works"'));
  });

  it.each(['', '\0\0\0\0'])(
    'do not wait for a lock that a power cut left as %j',
    async (damaged) => {
      mkdirSync(join(project, '.local'));
      writeFileSync(join(project, '.local', 'setup.lock'), damaged);
      const setup = start();
      await until('it to work', () => setup.said.includes('"works"'));
    },
  );
});
