import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod/v4';
import { migrationNames } from './migrations.ts';

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** @returns the commit before the one that added the newest migration */
export function commitBeforeNewestMigration(): string {
  const newest = migrationNames('.').at(-1) ?? '';
  const path = `api/db/migrations/${newest}.sql`;
  const added = git('log', '-1', '--diff-filter=A', '--format=%H', '--', path);
  if (added === '') throw new Error(`git does not know which commit added ${path}.`);
  return git('rev-parse', '--verify', `${added}^`);
}

/**
 * Unpacks a commit into `.local/versions/<commit>`. It uses the packages that are installed here.
 *
 * @throws Error that names the packages of which the commit wants another version
 */
export function checkOut(ref: string): { commit: string; folder: string } {
  const commit = git('rev-parse', '--verify', `${ref}^{commit}`);
  const folder = resolve('.local', 'versions', commit);
  if (!existsSync(folder)) {
    const aside = `${folder}.new`;
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { recursive: true });
    const archive = `${aside}.tar`;
    git('archive', '--output', archive, commit);
    execFileSync('tar', ['-xf', archive, '-C', aside]);
    rmSync(archive);
    // The packages of the root are found from `.local` by themselves.
    const ofApi = resolve('api/node_modules');
    if (existsSync(ofApi)) symlinkSync(ofApi, join(aside, 'api/node_modules'));
    renameSync(aside, folder);
  }
  const others = otherPackages(folder);
  if (others.length > 0) {
    throw new Error(
      `${commit} wants other packages than are installed here: ${others.join(', ')}. ` +
        'Choose a later commit, or check that commit out and install its packages there.',
    );
  }
  return { commit, folder };
}

const packageSchema = z.object({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

function readPackage(folder: string) {
  return packageSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

/** The dependencies of the API in `folder` that are not installed in exactly that version. */
function otherPackages(folder: string): string[] {
  const wanted = Object.entries(readPackage(join(folder, 'api')).dependencies);
  return wanted.flatMap(([name, version]) => {
    const places = [`api/node_modules/${name}`, `node_modules/${name}`];
    const place = places.find((one) => existsSync(one));
    const installed = place === undefined ? 'none' : readPackage(place).version;
    return installed === version ? [] : [`${name} ${version} (installed: ${installed})`];
  });
}
