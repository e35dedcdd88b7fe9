// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where n8n is installed: in the user's cache folder, named for its lockfile, so that every checkout
 * with the same n8n finds the one installation.
 * @param {string} project
 * @returns {string}
 */
export function n8nFolder(project) {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const lockfile = readFileSync(join(project, 'local', 'n8n', 'manifest', 'package-lock.json'));
  const hash = createHash('sha256').update(lockfile).digest('hex').slice(0, 12);
  return join(cache, 'digital-materi', `n8n-${hash}`);
}
