import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PartLog } from '../../local/process/log.ts';
import { Parts } from '../../local/process/parts.ts';
import { waitUntil } from '../../local/process/waitUntil.ts';
import { mountSmallDisk, type SmallDisk } from '../harness/stack/smallDisk.ts';

let state: string;
let logs: string;
let said: string[];
let parts: Parts;
let disk: SmallDisk | undefined;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'materi-logs-'));
  logs = join(state, 'logs');
  const saidNow: string[] = [];
  said = saidNow;
  disk = undefined;
  parts = new Parts(
    state,
    () => undefined,
    (text) => saidNow.push(text),
  );
});
afterEach(async () => {
  await parts.stop();
  disk?.remove();
  rmSync(state, { recursive: true });
});

/** Starts a part that writes `lines` lines of 100 bytes and is ready when all of them were read. */
function start(lines: number) {
  const done = join(state, 'done');
  return parts.start({
    name: 'Part',
    command: process.execPath,
    args: [
      '-e',
      `process.stdout.write(('x'.repeat(99) + '\\n').repeat(${lines}), () =>
         require('fs').writeFileSync(${JSON.stringify(done)}, ''));
       setInterval(() => console.log('still here'), 20)`,
    ],
    cwd: state,
    env: { PATH: process.env['PATH'] },
    stopSignal: 'SIGTERM',
    stopWithin: 1_000,
    readyWithin: 50_000,
    isReady: () => Promise.resolve(existsSync(done)),
  });
}

const logFiles = () => readdirSync(logs).filter((name) => name.startsWith('part.log'));

describe('the log of a part', () => {
  it('is rotated: six files of about 5 MB at most, however much the part writes', async () => {
    mkdirSync(logs);
    const part = await start(500_000); // 50 MB
    await part.stop();
    // The part has ended; on a slow disk its last lines are still being written and rotated.
    const names = ['part.log', ...[1, 2, 3, 4, 5].map((n) => `part.log.${n}`)];
    await waitUntil(() => logFiles().sort().join() === names.join(), {
      what: 'six log files',
      within: 20_000,
    });
    for (const name of logFiles()) {
      const { size, mode } = statSync(join(logs, name));
      expect(size).toBeLessThan(5.5 * 1024 * 1024);
      expect(mode & 0o777).toBe(0o600);
    }
    expect(said).toEqual([]);
  });

  it('stops neither the part nor this process when its disk is full, says so once and goes on when there is room', async () => {
    disk = mountSmallDisk(logs, '64k');
    if (disk === undefined) symlinkSync('/dev/full', join(logs, 'part.log'));
    else disk.fill();
    const part = await start(20_000); // more than a pipe and all buffers hold
    await waitUntil(() => part.log(1)[0] === 'still here', { what: 'later lines', within: 20_000 });
    expect(part.pid).toBeDefined();
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(`The log of Part in ${logs} cannot be written`);
    if (disk === undefined) rmSync(join(logs, 'part.log'));
    else disk.empty();
    const log = () => readFileSync(join(logs, 'part.log'), 'utf8');
    await waitUntil(() => /--- \d+ lines are missing here[^]*still here\n/.test(log()), {
      what: 'the log to go on and count what is missing',
      within: 20_000,
    });
  });

  it('keeps the lines of the run before, with a line that says where each run begins', async () => {
    mkdirSync(logs);
    const log = new PartLog(join(logs, 'part.log'), () => undefined);
    for (const run of ['first', 'second']) {
      log.begin();
      log.write(Buffer.from(`${run} run\n`));
      await log.close();
    }
    expect(readFileSync(join(logs, 'part.log'), 'utf8')).toMatch(
      /^--- started \S+\nfirst run\n--- started \S+\nsecond run\n$/,
    );
    expect(log.lastLines(9)).toEqual(['second run']);
  });
});
