import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { z } from 'zod/v4';
import { isMigrated } from './db/migrate.ts';
import { environmentOf } from '../test/harness/apiProcess.ts';
import {
  unpackApiImage,
  userOfContainer,
  type UnpackedImage,
} from '../test/harness/containers/unpackedImage.ts';
import { testDatabase, type TestDatabase } from '../test/harness/database.ts';
import { call, testConfig, until } from '../test/harness/portal.ts';

let image: UnpackedImage;
let database: TestDatabase;
const running: ChildProcess[] = [];
beforeAll(() => {
  image = unpackApiImage();
});
afterAll(() => {
  image.remove();
});
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  await database.drop();
});

/** Production refuses a stand-in for Google, and takes no sign-ins without a domain. */
function environment(): Record<string, string> {
  return {
    ...environmentOf(testConfig(database.url, 'http://n8n:5678')),
    NODE_ENV: 'production',
    GOOGLE_HOSTED_DOMAIN: 'sekolah.sch.id',
    GOOGLE_ROOT_URL: '',
  };
}

/** Runs Node.js in the image, as the user of the container. */
function runInImage(...args: string[]) {
  const child = spawn(process.execPath, args, {
    cwd: image.path,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...userOfContainer(),
  });
  running.push(child);
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  const ended = once(child, 'close').then(([code]) => z.number().nullable().parse(code));
  return { child, ended, out: () => out };
}

/** The port that the API has written to its log. */
async function portOf(api: ReturnType<typeof runInImage>): Promise<string> {
  const line = await until(() => {
    if (api.child.exitCode !== null) throw new Error(`The API has ended: ${api.out()}`);
    return api
      .out()
      .split('\n')
      .find((text) => text.includes('"url"'));
  });
  return new URL(z.object({ url: z.string() }).parse(JSON.parse(line)).url).port;
}

describe('the files of the API’s image, with production packages only', () => {
  it('migrates an empty database with the files of the image, and ends with code 0', async () => {
    await sql`drop schema public cascade`.execute(database.db);
    await sql`create schema public`.execute(database.db);
    const migrate = runInImage('api/commands/migrate.ts');
    expect([await migrate.ended, migrate.out()]).toEqual([
      0,
      expect.stringContaining('at this version'),
    ]);
    expect(await isMigrated(database.db)).toBe(true);
  });

  it('serves requests without a write to the image’s folder, and ends with code 0 on SIGTERM', async () => {
    const before = image.files();
    const api = runInImage('api/main.ts');
    const url = `http://127.0.0.1:${await portOf(api)}`;
    expect((await call(url, 'GET', '/readyz')).status).toBe(200);
    expect((await call(url, 'GET', '/api/openapi.json')).status).toBe(200);
    expect((await fetch(`${url}/api/docs`)).status).toBe(200);
    expect(await runInImage('docker/healthcheck.mjs', `${url}/readyz`).ended).toBe(0);

    api.child.kill('SIGTERM');
    expect(await api.ended).toBe(0);
    expect(image.files()).toEqual(before);
  });

  it('has no package in the image that only development needs', async () => {
    const look = runInImage('--eval', "import('typescript').then(() => process.exit(3))");
    expect(await look.ended).toBe(1);
    expect(look.out()).toContain("Cannot find package 'typescript'");
  });
});
