import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const NAME = 'n8n-nodes-digital-materi';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'materi-start-'));
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'n8n'), '#!/bin/sh\necho "n8n $*"\n');
  await chmod(join(folder, 'bin', 'n8n'), 0o755);
});
afterEach(() => rm(folder, { recursive: true }));

/** An image's folder with a package of that version. */
async function image(name: string, version: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, NAME), { recursive: true });
  await writeFile(join(path, NAME, 'version'), version);
  await copyFile('docker/n8n/start.sh', join(path, 'start.sh'));
  return path;
}

async function start(from: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('/bin/sh', [join(from, 'start.sh'), ...args], {
    env: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, HOME: join(folder, 'home') },
  });
  return stdout;
}

const linked = () =>
  readFile(join(folder, 'home/.n8n/nodes/node_modules', NAME, 'version'), 'utf8');

describe('docker/n8n/start.sh', () => {
  it('gives n8n the nodes of its image and passes its arguments on', async () => {
    expect(await start(await image('one', '1'), 'worker', '--concurrency=5')).toBe(
      'n8n worker --concurrency=5\n',
    );
    expect(await linked()).toBe('1');
  });

  it('replaces the nodes of an older image in the volume', async () => {
    await start(await image('one', '1'), 'start');
    await start(await image('two', '2'), 'start');
    expect(await linked()).toBe('2');
  });

  it('replaces a copy of the nodes that somebody has installed in the volume', async () => {
    const copy = join(folder, 'home/.n8n/nodes/node_modules', NAME);
    await mkdir(copy, { recursive: true });
    await writeFile(join(copy, 'version'), 'old');
    await start(await image('one', '1'), 'start');
    expect(await linked()).toBe('1');
  });
});
