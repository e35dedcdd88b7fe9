/** A store that does not answer, drips or breaks off: a backup ends, says so, and is made again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino, type Logger } from 'pino';
import { withDeadlines } from './deadlines.ts';
import { openFolder } from './folderStore.ts';
import { startBackups } from './index.ts';
import { openStore } from './openStore.ts';
import type { BackupTiming } from './schedule.ts';
import { deleteUnfinished, setNames } from './sets.ts';
import { writeBackup } from './write.ts';
import { CATALOG, fill, testFolder } from '../../test/harness/backup.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { testConfig, until } from '../../test/harness/portal.ts';
import { startS3, type S3StandIn } from '../../test/harness/s3.ts';

const HOUR = 60 * 60 * 1000;
const LOCATION = { kind: 's3', bucket: 'sekolah', prefix: 'materi' } as const;

let database: TestDatabase;
let s3: S3StandIn;
let folder: Awaited<ReturnType<typeof testFolder>>;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  [database, s3] = await Promise.all([testDatabase(), startS3()]);
  await fill(database.db, [{ title: 'Satu' }]);
  environment = {
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_REGION: 'ap-southeast-3',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  Object.assign(process.env, environment);
});
afterAll(async () => {
  for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
  await s3.close();
  await database.drop();
});
beforeEach(async () => {
  folder = await testFolder();
  s3.objects.clear();
});
afterEach(async () => {
  s3.fault = 'none';
  await folder.remove();
});

const bucket = (request: number, all = 60_000) =>
  openStore(LOCATION, { pathStyle: true, deadlines: { request, all } });

describe('a backup to S3', () => {
  it('ends a backup in time when S3 never answers, and says what did not finish', async () => {
    const store = await bucket(500);
    s3.fault = 'mute';
    await expect(writeBackup(database.db, store, CATALOG, new Date())).rejects.toThrow(
      /^s3:\/\/sekolah\/materi: writing .*catalog\.csv did not finish within 0\.5 s\.$/,
    );
  });

  it('ends a backup in time when S3 answers drop by drop', async () => {
    const store = await bucket(500);
    s3.fault = 'drips';
    await expect(writeBackup(database.db, store, CATALOG, new Date())).rejects.toThrow(
      /reading .*catalog\.csv did not finish within 0\.5 s/,
    );
  });

  it('fails if S3 breaks off in the middle of a file, and leaves no file of the backup', async () => {
    const store = await bucket(20_000);
    s3.fault = 'breaks off';
    await expect(writeBackup(database.db, store, CATALOG, new Date())).rejects.toThrow();
    s3.fault = 'none';
    expect([...s3.objects.keys()]).toEqual([]);
  });

  it('ends a backup if all its requests together take too long', async () => {
    const store = await bucket(60_000, 300);
    s3.fault = 'mute';
    await expect(store.keys('materi-')).rejects.toThrow('did not finish all of it within 0.3 s');
    s3.fault = 'none';
    await expect(store.keys('materi-')).rejects.toThrow('did not finish all of it within 0.3 s');
  });

  it('breaks off a backup when the instance stops', async () => {
    const stopping = new AbortController();
    const store = await openStore(LOCATION, { pathStyle: true, signal: stopping.signal });
    s3.fault = 'mute';
    const writing = writeBackup(database.db, store, CATALOG, new Date());
    stopping.abort(new Error('stopping'));
    await expect(writing).rejects.toThrow('stopping');
  });
});

it('does not wait for a file system that hangs', async () => {
  const hanging = {
    ...openFolder(folder.path, folder.path),
    keys: () => new Promise<never>(() => undefined),
  };
  const store = withDeadlines(hanging, { request: 50, all: 60_000 }, undefined);
  await expect(store.keys('')).rejects.toThrow('listing its files did not finish within 0.05 s');
});

describe('the schedule', () => {
  const timing: BackupTiming = {
    deadlines: { request: 300, all: 10_000 },
    ask: HOUR,
    retry: { first: 50, most: 100 },
  };

  const schedule = (log: Logger) =>
    startBackups({
      db: database.db,
      config: {
        ...testConfig(database.url, 'http://127.0.0.1:1', CATALOG),
        backup: { location: LOCATION, pathStyle: true },
      },
      log,
      timing,
    });

  type Line = { level: number; failures?: number; msg: string };

  it('logs a backup that fails as an error, counts the failures, and makes it when S3 is back', async () => {
    const lines: Line[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(JSON.parse(chunk.toString()) as Line);
        done();
      },
    });
    s3.fault = 'mute';
    const backups = schedule(pino({ level: 'info' }, stream));
    await until(() => lines.some(({ failures }) => failures === 2));
    s3.fault = 'none';
    const store = await bucket(10_000);
    await until(async () => (await setNames(store)).complete.length === 1);
    await backups.stop();
    const errors = lines.filter(({ level }) => level === 50);
    expect(errors.slice(0, 2).map(({ failures }) => failures)).toEqual([1, 2]);
    expect(errors[0]?.msg).toBe('the backup failed; it is tried again');
  });

  it('deletes unfinished sets before it writes, so that a full disk gets room', async () => {
    const unfinished = `sekolah/materi/materi-backup-2026-01-01T02-00-00-000Z-00000000/catalog.csv`;
    s3.objects.set(unfinished, Buffer.from('x'));
    s3.fault = 'breaks off';
    const backups = schedule(pino({ level: 'silent' }));
    await until(() => !s3.objects.has(unfinished));
    await backups.stop();
  });
});

describe('a backup that was never finished', () => {
  it('ignores the unfinished backup of a killed process, and deletes it a day later', async () => {
    // A store that is slow enough to be killed in the middle: the process stops at catalog.json.
    s3.fault = 'breaks off';
    const command = spawn(process.execPath, [resolve('api/commands/backup.ts')], {
      env: {
        ...environment,
        PATH: process.env['PATH'],
        DATABASE_URL: database.url,
        BACKUP_URL: 's3://sekolah/materi',
        GOOGLE_SHEETS_SPREADSHEET_ID: CATALOG.spreadsheetId,
        GOOGLE_SHEETS_TAB: CATALOG.tab,
      },
    });
    const gone = once(command, 'exit');
    await until(() => [...s3.objects.keys()].some((key) => key.endsWith('catalog.csv')));
    command.kill('SIGKILL');
    await gone;
    s3.fault = 'none';

    const store = await bucket(10_000);
    const now = new Date();
    const { name } = await writeBackup(database.db, store, CATALOG, now);
    expect(await deleteUnfinished(store, now)).toEqual([]);
    const { unfinished } = await setNames(store);
    expect(unfinished).toHaveLength(1);
    const later = new Date(now.getTime() + 25 * HOUR);
    expect(await deleteUnfinished(store, later)).toEqual(unfinished);
    expect(await setNames(store)).toEqual({ complete: [name], unfinished: [] });
    expect([...s3.objects.keys()].every((key) => key.includes(name))).toBe(true);
  }, 60_000);

  it('deletes an unfinished backup in a folder with its half-written file, and no other set', async () => {
    const { store, path } = folder;
    const old = new Date(Date.now() - 25 * HOUR);
    const { name: complete } = await writeBackup(database.db, store, CATALOG, old);
    const { name } = await writeBackup(database.db, store, CATALOG, old);
    await store.remove(`${name}/manifest.json`);
    await store.put(`${name}/catalog.json.part`, Buffer.from('[')); // cut off before its rename
    const { name: young } = await writeBackup(database.db, store, CATALOG, new Date());
    await store.remove(`${young}/manifest.json`);
    expect(await deleteUnfinished(store, new Date())).toEqual([name]);
    expect((await readdir(path)).sort()).toEqual([complete, young].sort());
  });
});
