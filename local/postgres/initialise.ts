import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../process/run.ts';
import type { PostgresBinaries } from './binaries.ts';
import { clusterMajor, isReachable, type PostgresHome } from './home.ts';

/** The superuser of the local cluster. */
export const SUPERUSER = 'materi';

/**
 * Makes the cluster if there is none: UTF-8, and the C.UTF-8 locale if the machine has it. Every connection
 * needs a password, because other users of the machine can reach 127.0.0.1 too.
 * @throws Error with initdb's last words
 */
export async function initialiseCluster(
  binaries: PostgresBinaries,
  home: PostgresHome,
  password: string,
  signal?: AbortSignal,
): Promise<void> {
  if (clusterMajor(home.data) !== undefined) return;
  // The cluster is made aside and renamed, so an unfinished one never looks complete.
  const aside = `${home.data}.new`;
  const passwordFile = join(home.folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (home.owner !== undefined) chownSync(passwordFile, home.owner.uid, home.owner.gid);
  try {
    let failure: unknown;
    for (const locale of [['--locale=C.UTF-8'], ['--no-locale']]) {
      ownFolder(aside, home.owner);
      const args = ['-D', aside, '-U', SUPERUSER, '-A', 'scram-sha-256'];
      try {
        await run(
          join(binaries.bin, 'initdb'),
          [...args, `--pwfile=${passwordFile}`, '--encoding=UTF8', ...locale],
          { cwd: home.folder, env: postgresEnv(), ...home.owner, signal },
        );
        rmSync(home.data, { recursive: true, force: true });
        renameSync(aside, home.data);
        return;
      } catch (error) {
        signal?.throwIfAborted();
        failure = error;
      }
    }
    throw failure;
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(aside, { recursive: true, force: true });
  }
}

/** The packaged programs, copied to the cluster's folder when their owner cannot reach them here. */
export function reachableBinaries(
  binaries: PostgresBinaries,
  home: PostgresHome,
): PostgresBinaries {
  if (home.owner === undefined || isReachable(binaries.bin)) return binaries;
  const copy = join(home.folder, `programs-${binaries.major}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    const partial = `${copy}.partial`;
    rmSync(partial, { recursive: true, force: true });
    cpSync(dirname(binaries.bin), partial, { recursive: true, verbatimSymlinks: true });
    rmSync(copy, { recursive: true, force: true });
    renameSync(partial, copy);
  }
  return { ...binaries, bin: join(copy, 'bin') };
}

/** The server's environment: its messages are in English, and the person's own PG… settings are left out. */
export function postgresEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_MESSAGES: 'C', TZ: 'UTC' };
}

/** An empty folder that only the cluster's owner can enter, as PostgreSQL wants it. */
function ownFolder(folder: string, owner: PostgresHome['owner']): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
}
