import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Installs what is missing, or waits for a setup that runs already: `npm test` begins before n8n is
 * installed.
 *
 * @throws Error with the setup's last lines, if something could not be installed
 */
export async function setUp(project: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join(project, 'local', 'setup.mjs')]);
}
