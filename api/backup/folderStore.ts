import { mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { BackupStore } from './store.ts';

/** A folder as a store; it is made when the first file is written. */
export function openFolder(path: string, where: string): BackupStore {
  return {
    where,

    async put(key, body) {
      const file = join(path, key);
      await mkdir(dirname(file), { recursive: true });
      // Renamed only when it is on disk: a power cut leaves a whole file or none under its name.
      const part = `${file}.part`;
      const handle = await open(part, 'w');
      try {
        await handle.writeFile(body);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(part, file);
      for (const folder of [dirname(file), path]) await syncFolder(folder);
    },

    async get(key) {
      return unlessGone(readFile(join(path, key)), null);
    },

    async keys(prefix) {
      const entries = await unlessGone(readdir(path, { withFileTypes: true }), []);
      const keys: string[] = [];
      for (const entry of entries) {
        if (!entry.isDirectory() || !entry.name.startsWith(prefix)) continue;
        const files = await unlessGone(readdir(join(path, entry.name)), []);
        keys.push(...files.map((file) => `${entry.name}/${file}`));
      }
      return keys;
    },

    async remove(key) {
      await rm(join(path, key), { force: true });
      const folder = dirname(join(path, key));
      // If the folder has files of others, they stay, and the folder stays.
      if (folder.startsWith(path.replace(/(?<![\\/])[\\/]+$/, '') + sep)) {
        await rmdir(folder).catch(() => undefined);
      }
    },
  };
}

/** A rename is on disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function unlessGone<T>(found: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (isGone(error)) return otherwise;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
