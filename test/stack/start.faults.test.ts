/** `npm start` as a process: each fault is named, and no part is left running. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/v4-mini';
import { readJson } from '../../google-standin/store/jsonFile.ts';
import { waitUntil } from '../../local/process/waitUntil.ts';
import { mountSmallDisk } from '../harness/stack/smallDisk.ts';
import { startSupervisor, stillRunning } from '../harness/stack/supervisor.ts';

jest.setTimeout(120_000);

let state: string;
const cleanUp: (() => void)[] = [];
beforeEach(() => {
  // Every user can reach it: PostgreSQL runs as `nobody` where the tests run as root.
  const folder = mkdtempSync(join(tmpdir(), 'materi-start-'));
  chmodSync(folder, 0o755);
  state = join(folder, 'state');
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
});
afterEach(() => {
  for (const step of cleanUp.splice(0).reverse()) step();
});

/** A server that takes connections and does with them what `onConnection` does. */
async function server(onConnection: (socket: Socket) => void, port = 0): Promise<string> {
  const listening: Server = createServer(onConnection);
  await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
  cleanUp.push(() => listening.close());
  return `127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

/** A server that takes connections and never answers. */
const muteServer = (port = 0) =>
  server((socket) => {
    socket.on('error', () => undefined);
    cleanUp.push(() => socket.destroy());
  }, port);

const urlOf = (host: string) => `postgres://materi:top-secret@${host}/materi`;

describe('a start with a DATABASE_URL whose server never answers', () => {
  it('ends by itself and names the variable', async () => {
    const host = await muteServer();
    const stack = startSupervisor(state, { env: { DATABASE_URL: urlOf(host) } });
    const { code, text } = await stack.ended();
    expect(code).toBe(1);
    expect(text).toContain(`DATABASE_URL: ${host} takes the connection but does not answer`);
    expect(text).not.toContain('top-secret');
    expect(stillRunning(stack.parts())).toEqual([]);
  });

  it('is ended by Ctrl-C while it waits', async () => {
    const stack = startSupervisor(state, { env: { DATABASE_URL: urlOf(await muteServer()) } });
    await stack.prints('✔ Google stand-in');
    const parts = stack.parts();
    stack.signal('SIGINT');
    const { code, text } = await stack.ended();
    expect(code).toBe(0);
    expect(text).toContain('Stopped before it was ready.');
    expect(text).not.toContain('DATABASE_URL:');
    expect(stillRunning(parts)).toEqual([]);
  });
});

describe('a start whose own process fails', () => {
  it('stops all parts after an error that nothing caught, and says so', async () => {
    const stack = startSupervisor(state);
    await stack.prints('✔ PostgreSQL');
    const parts = stack.parts();
    expect(stillRunning(parts)).not.toEqual([]);
    stack.signal('SIGUSR2');
    const { code, text } = await stack.ended();
    expect(code).toBe(1);
    expect(text).toMatch(
      /An unexpected error, so everything is stopped[^]*a fault of the supervisor/,
    );
    expect(stillRunning(parts)).toEqual([]);
  });

  it('stops all parts when the disk is full, or the folder cannot be written any more', async () => {
    const disk = mountSmallDisk(state, '100m');
    if (disk !== undefined) cleanUp.push(disk.remove);
    const stack = startSupervisor(state);
    await stack.prints('✔ PostgreSQL');
    const parts = stack.parts();
    if (disk === undefined) chmodSync(state, 0o500);
    else disk.fill();
    const { code, text } = await stack.ended();
    chmodSync(state, 0o700);
    expect(code).toBe(1);
    expect(text).toMatch(
      disk === undefined
        ? /EACCES[^]*belongs to another user[^]*chown/
        : /(ENOSPC|No space left on device|wrote only)[^]*The disk is full\. Make room/,
    );
    expect(stillRunning(parts)).toEqual([]);
  });
});

describe('a start whose Google stand-in finds a full disk', () => {
  it('says to make room', async () => {
    const disk = mountSmallDisk(join(state, 'google'), '1m');
    if (disk === undefined) return; // this user may not mount one
    cleanUp.push(disk.remove);
    disk.fill();
    const { code, text } = await startSupervisor(state).ended();
    expect(code).toBe(1);
    expect(text).toMatch(
      /Google stand-in ended by itself[^]*ENOSPC[^]*The disk is full\. Make room/,
    );
  });
});

describe('a start whose port another program takes after it was chosen', () => {
  const chosen = z.record(z.string(), z.number());
  const note = 'Another program has just taken the port of';

  /** Takes a part's port as soon as one is chosen that is not in `before`; the part starts later. */
  async function takePort(name: string, before: readonly number[] = []): Promise<number> {
    const port = await waitUntil(
      () => {
        const found = readJson(join(state, 'ports.json'), chosen)?.[name];
        return found !== undefined && !before.includes(found) && found;
      },
      { what: `a port to be chosen for ${name}`, within: 60_000, every: 20 },
    );
    await muteServer(port);
    return port;
  }

  it.each([
    ['postgres', 'PostgreSQL'],
    ['api', 'API'],
    ['n8n', 'n8n'],
    ['n8nBroker', 'n8n'],
  ])('begins again with other ports (%s)', async (name, part) => {
    const stack = startSupervisor(state);
    await takePort(name);
    await stack.prints(`${note} ${part}.`);
    await waitUntil(() => /Starting again[^]*✔ API/.test(stack.text()), {
      what: 'the API to be started again',
      within: 90_000,
    });
    const parts = stack.parts();
    stack.signal('SIGINT');
    expect((await stack.ended()).code).toBe(0);
    expect(stillRunning(parts)).toEqual([]);
  });

  it('is given up at the third time', async () => {
    const stack = startSupervisor(state);
    const taken: number[] = [];
    while (taken.length < 3) taken.push(await takePort('api', taken));
    const { code, text } = await stack.ended();
    expect(code).toBe(1);
    expect(text.split(note)).toHaveLength(3);
    expect(text).toMatch(/API ended by itself[^]*EADDRINUSE/);
  });
});

describe('a start with a state folder that it may not use', () => {
  it('names the folder and how to get it back, without a stack', async () => {
    mkdirSync(state, { mode: 0o555 });
    const isRoot = process.getuid?.() === 0;
    const stack = startSupervisor(state, isRoot ? { uid: 65_534 } : {});
    const { code, text } = await stack.ended();
    expect(code).toBe(1);
    expect(text).toContain(`${state}, or something in it, belongs to another user`);
    expect(text).toContain(`sudo chown -R "$(id -un)" "${state}"`);
    expect(text.split('\n').filter((line) => line.trimStart().startsWith('at '))).toEqual([]);
  });

  it('refuses damaged secrets and starts no part', async () => {
    mkdirSync(state);
    writeFileSync(join(state, 'secrets.json'), '{"postgresPassword": "a');
    const { code, text } = await startSupervisor(state).ended();
    expect(code).toBe(1);
    expect(text).toContain('secrets.json cannot be used: it is not JSON');
    expect(text).not.toContain('PostgreSQL ');
  });

  it('is refused while another start has it, which goes on', async () => {
    const first = startSupervisor(state, { env: { DATABASE_URL: urlOf(await muteServer()) } });
    await first.prints('✔ Google stand-in');
    const parts = first.parts();
    const { code, text } = await startSupervisor(state).ended();
    expect(code).toBe(1);
    expect(text).toContain('The stack of this folder runs already (process');
    expect(stillRunning(parts)).toEqual(parts);
    first.signal('SIGTERM');
    await first.ended();
  });
});
