import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { startBackups } from './index.ts';
import { setNames } from './sets.ts';
import { writeBackup } from './write.ts';
import { connect } from '../db/connect.ts';
import { createLogger } from '../log.ts';
import { CATALOG, fill, testFolder } from '../../test/harness/backup.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { testConfig, until } from '../../test/harness/portal.ts';

let database: TestDatabase;
let folder: Awaited<ReturnType<typeof testFolder>>;

beforeAll(async () => {
  database = await testDatabase();
  await fill(database.db, [{ title: 'Satu' }]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  folder = await testFolder();
});
afterEach(() => folder.remove());

const silent = createLogger('silent');

/** What an instance logs, line by line. */
function listening() {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, log: pino({ level: 'debug' }, stream) };
}
const config = (more = {}) => ({
  ...testConfig(database.url, 'http://127.0.0.1:1', CATALOG),
  backup: { location: folder.location, pathStyle: true },
  ...more,
});
const start = (log = silent) => startBackups({ db: database.db, config: config(), log });
const complete = async () => (await setNames(folder.store)).complete;

it('makes a missed backup at the start, once for all instances', async () => {
  const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await writeBackup(database.db, folder.store, CATALOG, yesterday);
  const second = connect(database.url, silent);
  const { lines, log } = listening();
  const other = startBackups({ db: second, config: config(), log });
  const instances = [start(log), other, start(log)];
  // Its last file may be there before it is done. An instance that is stopped then takes the backup back.
  await until(() => lines.some((line) => line.includes('backed up to')));
  await Promise.all(instances.map((instance) => instance.stop()));
  await second.destroy();
  expect(await complete()).toHaveLength(2);
});

it('makes no backup if there is one of today', async () => {
  await writeBackup(database.db, folder.store, CATALOG, new Date());
  const { lines, log } = listening();
  const backups = start(log);
  await until(() => lines.some((line) => line.includes('no backup is due')));
  await backups.stop();
  expect(await complete()).toHaveLength(1);
});

it('logs a failed backup, and lets another instance make it', async () => {
  const { lines, log } = listening();
  const location = { kind: 'folder', path: '/dev/null/backups' } as const;
  const backups = startBackups({
    db: database.db,
    config: config({ backup: { location, pathStyle: true } }),
    log,
  });
  await until(() => lines.some((line) => line.includes('the backup failed')));
  await backups.stop();

  const second = connect(database.url, silent);
  const other = startBackups({ db: second, config: config(), log: silent });
  await until(async () => (await complete()).length === 1);
  await other.stop();
  await second.destroy();
});

it('logs once that no backups are made if BACKUP_URL is not set', async () => {
  const { lines, log } = listening();
  const backups = startBackups({ db: database.db, config: config({ backup: null }), log });
  await backups.stop();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('BACKUP_URL is not set');
});
