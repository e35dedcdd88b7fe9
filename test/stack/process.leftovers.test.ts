import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processIdentity, isRunning } from '../../local/process/identity.ts';
import { ProcessRecord } from '../../local/process/leftovers.ts';
import type { PartDied } from '../../local/process/part.ts';
import { Parts } from '../../local/process/parts.ts';
import { choosePorts } from '../../local/process/ports.ts';
import { waitUntil } from '../../local/process/waitUntil.ts';

const ended: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

function stateFolder(): string {
  const state = mkdtempSync(join(tmpdir(), 'materi-parts-'));
  mkdirSync(join(state, 'logs'));
  ended.push(() => rmSync(state, { recursive: true }));
  return state;
}

const logIn = (state: string, name = 'Part') =>
  readFileSync(join(state, 'logs', `${name.toLowerCase()}.log`), 'utf8');

/** Parts that run a line of JavaScript each. */
function partsIn(state: string) {
  const deaths: PartDied[] = [];
  const parts = new Parts(state, (death) => deaths.push(death));
  ended.unshift(() => parts.stop());
  const start = (script: string, name = 'Part') =>
    parts.start({
      name,
      command: process.execPath,
      args: ['-e', `${script}; console.log('up')`],
      cwd: state,
      env: { PATH: process.env['PATH'] },
      stopSignal: 'SIGTERM',
      stopWithin: 300,
      readyWithin: 10_000,
      isReady: () => Promise.resolve(logIn(state, name).endsWith('up\n')),
    });
  return { parts, start, deaths };
}

const FOREVER = 'setInterval(() => undefined, 1000)';
const STUBBORN = `process.on('SIGTERM', () => undefined); ${FOREVER}`;

describe('what a killed run leaves', () => {
  it('is ended by the next start', async () => {
    const state = stateFolder();
    const { pid = 0 } = await partsIn(state).start(FOREVER);
    const left = processIdentity(pid);
    const next = new ProcessRecord(join(state, 'processes.json'));
    expect(await next.reap()).toEqual(['Part']);
    expect(left !== undefined && isRunning(left)).toBe(false);
    expect(await next.reap()).toEqual([]);
  });

  it('is not taken for a process that has its pid now', async () => {
    const state = stateFolder();
    const { pid = 0 } = await partsIn(state).start(FOREVER);
    const file = join(state, 'processes.json');
    const earlier = { name: 'Part', pid, startedAt: 'another boot/1', stopSignal: 'SIGTERM' };
    writeFileSync(file, JSON.stringify([earlier]));
    expect(await new ProcessRecord(file).reap()).toEqual([]);
    expect(processIdentity(pid)).toBeDefined();
  });
});

describe('a part', () => {
  it('that ends by itself is told, with the last lines it wrote', async () => {
    const { parts, start, deaths } = partsIn(stateFolder());
    const part = await start(
      `${FOREVER}; process.on('SIGUSR2', () => { console.log('the last words'); process.exit(7) })`,
    );
    process.kill(part.pid ?? 0, 'SIGUSR2');
    await waitUntil(() => deaths.length > 0, { what: 'the death to be told', within: 10_000 });
    expect(deaths[0]).toMatchObject({ part: 'Part', lastLines: ['up', 'the last words'] });
    expect(part.log()).toContain('the last words');
    await parts.stop();
  });

  it('that ends because another has met a full disk is told as that one, with the advice', async () => {
    const { start } = partsIn(stateFolder());
    await start(`${FOREVER}; console.log('write: No space left on device')`, 'Database');
    await expect(start('process.exit(1)')).rejects.toMatchObject({
      part: 'Database',
      lastLines: ['write: No space left on device', 'up'],
      advice: 'The disk is full. Make room, then start again.',
    });
  });

  it('that does not stop when asked is killed', async () => {
    const { parts, start } = partsIn(stateFolder());
    const { pid = 0 } = await start(STUBBORN);
    await parts.stop();
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('is not started once the others are being stopped', async () => {
    const { parts, start } = partsIn(stateFolder());
    await parts.stop();
    await expect(start(FOREVER)).rejects.toThrow('stopping');
  });
});

describe('ports', () => {
  it('stay the same from start to start, and one that is taken is passed over', async () => {
    const file = join(stateFolder(), 'ports.json');
    const first = await choosePorts(file, { api: 0 });
    expect(await choosePorts(file, { api: 0 })).toEqual(first);
    const other = createServer().listen(first.api, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    ended.push(() => void other.close());
    expect(await choosePorts(file, { api: 0 })).not.toEqual(first);
  });
});
