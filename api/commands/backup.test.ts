import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { catalogOf } from '../backup/repository.ts';
import { CATALOG, fill, testFolder } from '../../test/harness/backup.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { startS3, type S3StandIn } from '../../test/harness/s3.ts';

let database: TestDatabase;
let other: TestDatabase;
let s3: S3StandIn;
let folder: Awaited<ReturnType<typeof testFolder>>;

beforeAll(async () => {
  [database, other, s3] = await Promise.all([testDatabase(), testDatabase(), startS3()]);
});
afterAll(async () => {
  await s3.close();
  await Promise.all([database.drop(), other.drop()]);
});
beforeEach(async () => {
  folder = await testFolder();
  for (const { db } of [database, other]) {
    await sql`truncate materials, audit_log cascade`.execute(db);
  }
  await fill(database.db, [{ title: 'Satu' }, { title: '=1+1' }]);
});
afterEach(() => folder.remove());

/** A command as an operator runs it: its exit code and what it printed. */
function run(command: string, on: TestDatabase, backupUrl: string, ...args: string[]) {
  const child = spawn(process.execPath, [resolve('api/commands', command), ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder.path,
      DATABASE_URL: on.url,
      BACKUP_URL: backupUrl,
      GOOGLE_SHEETS_SPREADSHEET_ID: CATALOG.spreadsheetId,
      GOOGLE_SHEETS_TAB: CATALOG.tab,
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_REGION: 'ap-southeast-3',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise<{ code: number | null; text: string }>((done) => {
    child.on('close', (code) => done({ code, text }));
  });
}
const backup = (url: string) => run('backup.ts', database, url);
const restore = (...args: string[]) => run('restore.ts', other, '', ...args);

describe.each(['folder', 's3'] as const)('catalog:backup and catalog:restore with a %s', (kind) => {
  it('shows first what a restore would change, and then does it', async () => {
    const url = kind === 'folder' ? `file://${folder.path}` : 's3://sekolah/materi/harian';
    const made = await backup(url);
    expect(made).toMatchObject({ code: 0 });
    expect(made.text).toMatch(/2 materials are in .*materi-backup-/);

    const shown = await restore('--from', url, '--dry-run');
    expect(shown.code).toBe(0);
    expect(shown.text).toMatch(/2 would be added[^]*"=1\+1"[^]*0 would be changed[^]*Nothing was/);
    expect(await catalogOf(other.db)).toEqual([]);

    expect((await restore('--from', url)).text).toMatch(/2 were added/);
    expect(await catalogOf(other.db)).toEqual(await catalogOf(database.db));
    expect((await restore('--from', url)).text).toMatch(/0 were added[^]*2 unchanged/);
  }, 60_000);
});

it('writes three objects a set to S3 under its prefix (path style), and finds all pages of them', async () => {
  s3.objects.clear();
  for (let count = 0; count < 3; count += 1) await backup('s3://sekolah/materi/banyak/');
  const keys = [...s3.objects.keys()];
  expect(keys).toHaveLength(9);
  expect(keys.every((key) => key.startsWith('sekolah/materi/banyak/materi-backup-'))).toBe(true);
  const newest =
    keys
      .filter((key) => key.endsWith('manifest.json'))
      .sort()
      .at(-1) ?? '';
  const { text } = await restore('--from', 's3://sekolah/materi/banyak', '--dry-run');
  expect(text).toContain(newest.split('/').at(-2));

  const set = `s3://${newest.replace('/manifest.json', '')}`;
  s3.objects.set(newest.replace('manifest', 'catalog'), Buffer.from('[]'));
  const altered = await restore('--from', set);
  expect(altered.code).toBe(1);
  expect(altered.text).toMatch(/catalog\.json is not what was backed up: it has 2 bytes/);
}, 60_000);

it('names the missing variable without a stack trace', async () => {
  const unset = await run('backup.ts', database, '');
  expect(unset.code).toBe(1);
  expect(unset.text).toMatch(/BACKUP_URL is not set\. Set it to where backups go: file:/);
  const wrong = await run('backup.ts', database, 'ftp://x/y');
  expect(wrong.text).toMatch(/BACKUP_URL is not of the form file:\/\/\/folder or s3:/);
  const nowhere = await restore();
  expect(nowhere.code).toBe(1);
  expect(nowhere.text).toMatch(/--from does not say[^]*catalog:restore -- --from/);
  for (const { text } of [unset, wrong, nowhere]) expect(text).not.toMatch(/\n +at /);
}, 30_000);
