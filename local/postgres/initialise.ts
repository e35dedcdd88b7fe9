import { spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { PostgresBinaries } from './binaries.ts';
import { clusterMajor, isReachable, type PostgresHome } from './home.ts';

/** The superuser of the local cluster. */
export const SUPERUSER = 'materi';

/**
 * Makes the cluster if there is none: UTF-8, the C.UTF-8 locale where the machine has it, and a
 * password for every connection, for other users of the machine reach 127.0.0.1 too.
 * @throws Error with initdb's last words
 */
export function initialiseCluster(
  binaries: PostgresBinaries,
  home: PostgresHome,
  password: string,
): void {
  if (clusterMajor(home.data) !== undefined) return;
  const passwordFile = join(home.folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (home.owner !== undefined) chownSync(passwordFile, home.owner.uid, home.owner.gid);
  try {
    let failure = '';
    for (const locale of [['--locale=C.UTF-8'], ['--no-locale']]) {
      empty(home.data);
      const args = ['-D', home.data, '-U', SUPERUSER, '-A', 'scram-sha-256'];
      const run = spawnSync(
        join(binaries.bin, 'initdb'),
        [...args, `--pwfile=${passwordFile}`, '--encoding=UTF8', ...locale],
        { cwd: home.folder, encoding: 'utf8', env: postgresEnv(), ...home.owner },
      );
      if (run.status === 0) return;
      failure = run.error?.message ?? `${run.stderr}${run.stdout}`.trim();
    }
    empty(home.data);
    throw new Error(`initdb of ${binaries.bin} failed: ${failure}`);
  } finally {
    rmSync(passwordFile, { force: true });
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

/** What the server's messages are written in, and nothing of the person's own PG… settings. */
export function postgresEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_MESSAGES: 'C', TZ: 'UTC' };
}

function empty(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
}
