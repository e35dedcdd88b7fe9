import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { parseLocationOrPath } from '../config/backupLocation.ts';
import { readBackup } from './read.ts';
import { deleteOld, setNames, setsOf } from './sets.ts';
import type { BackupStore } from './store.ts';
import { writeBackup } from './write.ts';
import type { Database } from '../db/schema.ts';
import { CATALOG, fill, testFolder } from '../../test/harness/backup.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';

let database: TestDatabase;
let db: Kysely<Database>;
let folder: Awaited<ReturnType<typeof testFolder>>;

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
  await fill(db, [{ title: 'Satu' }, { title: 'Dua', description: 'Teks "lain"' }]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  folder = await testFolder();
});
afterEach(() => folder.remove());

const write = (at = new Date(), catalog = CATALOG, store: BackupStore = folder.store) =>
  writeBackup(db, store, catalog, at);
const read = (path = folder.path) => {
  const location = parseLocationOrPath(path);
  if (location === null) throw new Error(`${path} is no location`);
  return readBackup(location, { pathStyle: true });
};
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);

describe('a backup is refused', () => {
  const alter = async (file: string, change: (text: string) => string) => {
    const { name } = await write();
    const path = join(folder.path, name, file);
    await writeFile(path, change(await readFile(path, 'utf8')));
    return name;
  };

  it.each(['catalog.json', 'catalog.csv'])(
    'refuses a backup with one changed letter in %s',
    async (file) => {
      const name = await alter(file, (text) => text.replace('Satu', 'Satv'));
      await expect(read()).rejects.toThrow(
        new RegExp(`${name}/${file} is not what was backed up: it has \\d+ bytes with SHA-256`),
      );
    },
  );

  it('refuses a backup with its end cut off', async () => {
    await alter('catalog.json', (text) => text.slice(0, -20));
    await expect(read()).rejects.toThrow(/catalog\.json is not what was backed up/);
  });

  it('refuses a backup without its manifest, because it was never finished', async () => {
    const { name } = await write();
    await folder.store.remove(`${name}/manifest.json`);
    await expect(read(join(folder.path, name))).rejects.toThrow(/has no manifest\.json: .* never/);
    await expect(read()).rejects.toThrow(`holds no complete backup: ${name} has no manifest.json`);
  });

  it('refuses a backup with a lost file', async () => {
    const { name } = await write();
    await folder.store.remove(`${name}/catalog.csv`);
    await expect(read()).rejects.toThrow(/has lost catalog\.csv/);
  });

  it('refuses a backup with a changed manifest, or a manifest of another version', async () => {
    await alter('manifest.json', (text) => text.replace('"rows": 2', '"rows": 3'));
    await expect(read()).rejects.toThrow(/contradicts itself: the manifest says 3 materials/);
    await alter('manifest.json', (text) => text.replace('"version": 1', '"version": 2'));
    await expect(read()).rejects.toThrow(/manifest\.json is not of the form/);
  });

  it('refuses a folder without a backup', async () => {
    await expect(read()).rejects.toThrow(/holds no complete backup\. Name the folder/);
    await expect(read(join(folder.path, 'nowhere'))).rejects.toThrow(/holds no complete backup/);
  });
});

describe('a set', () => {
  it('finds a set by its own name, as the newest of its folder, and under any other name', async () => {
    const older = await write(daysAgo(2));
    await fill(db, [{ title: 'Tiga' }]);
    const newer = await write();
    expect((await read()).manifest).toEqual(newer.manifest);
    const whole = await read(join(folder.path, older.name));
    expect(whole.manifest.rows).toBe(2);
    expect(whole.materials.map(({ title }) => title)).toEqual(['Satu', 'Dua']);

    const copy = join(folder.path, 'salinan');
    await cp(join(folder.path, older.name), copy, { recursive: true });
    expect((await read(copy)).manifest).toEqual(older.manifest);
    await db.deleteFrom('materials').where('title', '=', 'Tiga').execute();
  });

  it('leaves no set that looks complete, wherever the writing is cut off', async () => {
    for (let allowed = 0; allowed < 3; allowed += 1) {
      let puts = 0;
      const dying: BackupStore = {
        ...folder.store,
        put: async (key, body) => {
          if (puts === allowed) throw new Error('killed');
          puts += 1;
          await folder.store.put(key, body);
        },
      };
      await expect(write(new Date(), CATALOG, dying)).rejects.toThrow('killed');
      expect((await setNames(folder.store)).complete).toEqual([]);
    }
  });

  it('writes no manifest if a file does not read back as written', async () => {
    const lying: BackupStore = { ...folder.store, get: () => Promise.resolve(Buffer.from('?')) };
    await expect(write(new Date(), CATALOG, lying)).rejects.toThrow(/does not read back/);
    expect((await setNames(folder.store)).complete).toEqual([]);
  });

  it('leaves no file of a set when the disk is full', async () => {
    const full: BackupStore = {
      ...folder.store,
      async put(key, body) {
        if (!key.endsWith('.json')) return folder.store.put(key, body);
        await folder.store.put(`${key}.part`, body.subarray(0, 1));
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      },
    };
    await expect(write(new Date(), CATALOG, full)).rejects.toThrow('no space left');
    expect(await readdir(folder.path)).toEqual([]);
  });
});

describe('after 30 days', () => {
  it('deletes only our own complete sets after 30 days', async () => {
    const old = await write(daysAgo(31));
    const kept = await write(daysAgo(29));
    const others = await write(daysAgo(90), { ...CATALOG, spreadsheetId: 'another' });
    const unfinished = await write(daysAgo(60));
    await folder.store.remove(`${unfinished.name}/manifest.json`);
    await mkdir(join(folder.path, 'materi-backup-mine'));
    await writeFile(join(folder.path, 'materi-backup-mine', 'manifest.json'), '{}');
    const withNotes = await write(daysAgo(40));
    await writeFile(join(folder.path, withNotes.name, 'catatan.txt'), 'penting');

    const sets = await setsOf(folder.store, CATALOG.spreadsheetId);
    expect(await deleteOld(folder.store, sets, new Date())).toEqual([withNotes.name, old.name]);
    expect((await readdir(folder.path)).sort()).toEqual(
      [kept.name, others.name, unfinished.name, withNotes.name, 'materi-backup-mine'].sort(),
    );
    expect(await readdir(join(folder.path, withNotes.name))).toEqual(['catatan.txt']);
    expect(await readdir(join(folder.path, unfinished.name))).toHaveLength(2);
  });
});
