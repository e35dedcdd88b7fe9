import { join } from 'node:path';
import type { Part } from '../process/part.ts';
import type { Parts } from '../process/parts.ts';
import { findPostgres } from './binaries.ts';
import { answers, ensureDatabases, type Databases } from './databases.ts';
import { clusterMajor, postgresHome } from './home.ts';
import { initialiseCluster, postgresEnv, reachableBinaries, SUPERUSER } from './initialise.ts';

export type { Databases } from './databases.ts';
export { forgetDataElsewhere, hasCluster } from './home.ts';

/** What is needed to run a PostgreSQL of our own. */
export interface PostgresOptions {
  readonly project: string;
  readonly state: string;
  readonly port: number;
  readonly password: string;
  readonly parts: Parts;
}

/** PostgreSQL as the stack sees it: `part` only when it is a process of ours. */
export interface Postgres {
  readonly part?: Part;
  readonly databases: Databases;
  /** For people: which PostgreSQL this is, and where its data is when that is not obvious. */
  readonly description: string;
}

/** Uses the server that DATABASE_URL names; n8n's database is made beside the one named. */
export async function useServer(databaseUrl: string): Promise<Postgres> {
  const databases = await ensureDatabases(databaseUrl);
  return { databases, description: 'the server of DATABASE_URL' };
}

/** Runs a PostgreSQL of our own on 127.0.0.1, its data in the state folder, and nothing else. */
export async function runPostgres(options: PostgresOptions): Promise<Postgres> {
  const { project, state, port, password, parts } = options;
  const home = postgresHome(state);
  const found = findPostgres(project, clusterMajor(home.data));
  const binaries = reachableBinaries(found, home);
  initialiseCluster(binaries, home, password);
  const server = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
  const settings = {
    listen_addresses: '127.0.0.1',
    // No Unix socket: its path may be too long for one (107 bytes), and nobody needs it.
    unix_socket_directories: '',
    // One stack alone never needs more, and initdb's guess can be as low as 20 in a container.
    max_connections: '100',
  };
  const part = await parts.start({
    name: 'PostgreSQL',
    command: join(binaries.bin, 'postgres'),
    args: [
      ...['-D', home.data, '-p', String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    cwd: home.data,
    env: postgresEnv(),
    owner: home.owner,
    stopSignal: 'SIGINT', // "fast": ends sessions, writes a checkpoint, loses nothing
    stopWithin: 3_000,
    readyWithin: 60_000,
    isReady: () => answers(server),
  });
  const where = home.movedTo === undefined ? '' : `, data in ${home.movedTo}`;
  return {
    part,
    databases: await ensureDatabases(server, 'materi'),
    description: `PostgreSQL ${binaries.major}, ${binaries.origin}, port ${port}${where}`,
  };
}
