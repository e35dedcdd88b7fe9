import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { extract } from 'tar';
import * as z from 'zod/v4-mini';
import { readJson, writeJson } from '../../google-standin/store/jsonFile.ts';
import { run } from '../process/run.ts';

/** The package as npm would publish it; n8n finds its nodes under this name. */
const NAME = 'n8n-nodes-digital-materi';

const stampSchema = z.object({ hash: z.string() });

/**
 * Puts our nodes into n8n as a user would have them: the tarball of `npm pack`, unpacked into
 * n8n's folder of community nodes. Does nothing when it is there already, unchanged.
 * @returns whether it was put there now
 * @throws Error when the nodes are not built
 */
export async function installNodes(
  project: string,
  userFolder: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const hash = builtHash(project);
  const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
  const target = join(modules, NAME);
  const stampFile = join(userFolder, 'nodes.json');
  if (existsSync(target) && readJson(stampFile, stampSchema)?.hash === hash) return false;
  mkdirSync(modules, { recursive: true });
  const partial = join(userFolder, 'unpacked');
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  const tarball = await pack(project, partial, signal);
  await extract({ file: tarball, cwd: partial });
  rmSync(target, { recursive: true, force: true });
  renameSync(join(partial, 'package'), target);
  rmSync(partial, { recursive: true });
  writeJson(stampFile, { hash });
  return true;
}

async function pack(
  project: string,
  destination: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const cli = process.env['npm_execpath'] ?? '';
  const [command, first] = cli.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []];
  const args = ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', destination];
  const { stdout } = await run(command, [...first, ...args], { cwd: project, signal });
  return join(destination, basename(stdout.trim().split('\n').at(-1) ?? ''));
}

/** The hash of the package's files: package.json and all of `dist`. */
function builtHash(project: string): string {
  const dist = join(project, 'dist');
  if (!existsSync(dist)) throw new Error('The nodes are not built: run `npm run build` first.');
  const hash = createHash('sha256').update(readFileSync(join(project, 'package.json')));
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}
