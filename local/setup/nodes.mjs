// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from './hash.mjs';
import { isDone, markDone } from './stamp.mjs';
import { npmStep } from './step.mjs';

/** All that `dist` is made from. */
const SOURCES = [
  ...['nodes', 'credentials', 'core', 'icons'],
  ...['gulpfile.js', 'package.json', 'tsconfig.json', 'tsconfig.nodes.json'],
];

/**
 * Builds the n8n package when its sources changed since the last build.
 * @param {string} project
 */
export async function buildNodes(project) {
  const stamp = join(project, 'node_modules', '.materi-nodes');
  const state = hashOf(project, SOURCES);
  if (existsSync(join(project, 'dist')) && isDone(stamp, state)) return;
  await npmStep({
    what: 'Building the nodes',
    args: ['run', 'build'],
    cwd: project,
    logFile: join(project, '.local', 'logs', 'setup-build.log'),
  });
  markDone(stamp, state);
}
