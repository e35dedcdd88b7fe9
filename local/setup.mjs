// @ts-check
/**
 * Installs what is missing, before anything else runs: plain JavaScript for the system's own
 * Node.js, with nothing installed. Prints nothing when there is nothing to do.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installN8n } from './setup/n8n.mjs';
import { buildNodes } from './setup/nodes.mjs';
import { oneAtATime } from './setup/oneAtATime.mjs';
import { installPackages } from './setup/packages.mjs';
import { StepFailed } from './setup/step.mjs';

const OLDEST_NODE = 20;

const project = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new StepFailed(
      `Node.js ${OLDEST_NODE} or newer is needed to install; this is ${process.versions.node}. ` +
        'Node.js 24, which everything then runs on, comes with the packages.',
    );
  }
  await oneAtATime(project, async () => {
    // Neither needs the other, and each waits for the network half of its time.
    const installed = await Promise.allSettled([installPackages(project), installN8n(project)]);
    for (const result of installed) if (result.status === 'rejected') throw result.reason;
    await buildNodes(project);
  });
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(`\n✖ ${error.message}`);
  process.exitCode = 1;
}
