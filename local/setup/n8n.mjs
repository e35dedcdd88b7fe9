// @ts-check
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRunning } from './isRunning.mjs';
import { n8nFolder } from './n8nFolder.mjs';
import { npmStep } from './step.mjs';

/**
 * n8n, in a folder of its own with its own lockfile. It is installed beside its place and then
 * renamed: an install that was cut off never looks complete, and two at once do not spoil each
 * other. No install scripts: its prebuilt parts suffice on PostgreSQL, and compiling the others
 * takes minutes and fails without a compiler.
 * @param {string} project
 */
export async function installN8n(project) {
  const folder = n8nFolder(project);
  if (existsSync(folder)) return;
  removeCutOff(folder);
  const partial = `${folder}.partial-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) {
    cpSync(join(project, 'local', 'n8n', 'manifest', name), join(partial, name));
  }
  try {
    await npmStep({
      what: 'Installing n8n (2.9 GB, once, some minutes)',
      args: ['ci', '--ignore-scripts', '--omit=dev'],
      cwd: partial,
      logFile: join(project, '.local', 'logs', 'setup-n8n.log'),
    });
    moveInto(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/**
 * @param {string} partial
 * @param {string} folder
 */
function moveInto(partial, folder) {
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another checkout was faster with the very same n8n.
    if (!existsSync(folder)) throw error;
  }
}

/**
 * Removes folders of installations that were killed.
 * @param {string} folder
 */
function removeCutOff(folder) {
  const parent = dirname(folder);
  if (!existsSync(parent)) return;
  const prefix = `${basename(folder)}.partial-`;
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    if (!isRunning(Number(name.slice(prefix.length)))) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}
