// @ts-check
/**
 * Installs what is missing, before anything else runs: plain JavaScript for the system's own
 * Node.js, with nothing installed. Prints nothing when there is nothing to do.
 *
 * With `--n8n-later` it does not wait for n8n, which takes longest: another process installs n8n. Most tests
 * need no n8n. The tests of n8n run this file again, without the option (test/harness/stack/setUp.ts).
 */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installN8n } from './setup/n8n.mjs';
import { buildNodes } from './setup/nodes.mjs';
import { oneAtATime } from './setup/oneAtATime.mjs';
import { installPackages } from './setup/packages.mjs';
import { StepFailed } from './setup/step.mjs';

const OLDEST_NODE = 20;

const project = dirname(dirname(fileURLToPath(import.meta.url)));

const packages = () =>
  oneAtATime(project, async () => {
    await installPackages(project);
    await buildNodes(project);
  });
const n8n = () => oneAtATime(project, () => installN8n(project), 'n8n');

/** A process that goes on when this one has ended. Ctrl-C ends it too. Its log is in .local/logs. */
function startN8n() {
  const again = [fileURLToPath(import.meta.url), '--n8n-alone'];
  spawn(process.execPath, again, { stdio: 'ignore' }).unref();
}

/** @param {string | undefined} option */
async function setUp(option) {
  if (option === '--n8n-alone') return n8n();
  if (option === '--n8n-later') {
    startN8n();
    return packages();
  }
  // Neither needs the other, and each waits for the network half of its time.
  for (const result of await Promise.allSettled([packages(), n8n()])) {
    if (result.status === 'rejected') throw result.reason;
  }
}

try {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new StepFailed(
      `Node.js ${OLDEST_NODE} or newer is needed to install; this is ${process.versions.node}. ` +
        'Node.js 24, which everything then runs on, comes with the packages.',
    );
  }
  await setUp(process.argv[2]);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(`\n✖ ${error.message}`);
  process.exitCode = 1;
}
