import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PartDied, type Part } from '../process/part.ts';
import type { PartPlan, Parts } from '../process/parts.ts';
import { findPostgres } from './binaries.ts';
import { answers, ensureDatabases, type Databases } from './databases.ts';
import { clusterMajor, postgresHome } from './home.ts';
import { initialiseCluster, postgresEnv, reachableBinaries, SUPERUSER } from './initialise.ts';
import { useNamedServer } from './server.ts';
import { OLDEST_FOR_N8N } from './versions.ts';

export type { Databases } from './databases.ts';
export { forgetDataElsewhere, hasCluster } from './home.ts';

/** The options of a PostgreSQL that the stack starts. */
export interface PostgresOptions {
  readonly project: string;
  readonly state: string;
  readonly port: number;
  readonly password: string;
  readonly parts: Parts;
  /** The version of a new cluster; left out: findPostgres chooses it. Tests run on several versions. */
  readonly major?: number | undefined;
  /** Further settings of the server, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal | undefined;
}

/** PostgreSQL as the stack sees it: `part` only when it is a process of ours. */
export interface Postgres {
  readonly part?: Part;
  readonly databases: Databases;
  /** A text for people: the version, and the data's folder if it is in an unexpected place. */
  readonly description: string;
  /** A warning for people, although everything runs. */
  readonly warning?: string;
}

/** Uses the server that DATABASE_URL names; n8n's database is made beside the one named. */
export async function useServer(databaseUrl: string, signal?: AbortSignal): Promise<Postgres> {
  const { major, ...server } = await useNamedServer(databaseUrl, signal);
  return { ...server, description: `PostgreSQL ${major}, the server of DATABASE_URL` };
}

/** Runs a PostgreSQL of our own on 127.0.0.1, its data in the state folder, and nothing else. */
export async function runPostgres(options: PostgresOptions): Promise<Postgres> {
  const { project, state, port, password, parts, major, signal } = options;
  const home = postgresHome(state);
  const found = findPostgres(project, clusterMajor(home.data) ?? major);
  const binaries = reachableBinaries(found, home);
  await initialiseCluster(binaries, home, password, signal);
  const server = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
  const settings = {
    listen_addresses: '127.0.0.1',
    // No Unix socket: its path may be too long for one (107 bytes), and nobody needs it.
    unix_socket_directories: '',
    // One stack alone never needs more, and initdb's guess can be as low as 20 in a container.
    max_connections: '100',
    ...options.settings,
  };
  const part = await startWhenFree(parts, {
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
    databases: await ensureDatabases(server, { within: 60_000, signal }, 'materi'),
    description: `PostgreSQL ${binaries.major}, ${binaries.origin}, port ${port}${where}`,
    ...warningFor(binaries.major, home.data),
  };
}

/** How long the processes of a killed server may take to end, in milliseconds. */
const LEFT_WITHIN = 20_000;

/**
 * Starts PostgreSQL. The processes of a server that was killed may write for a moment longer; until
 * they have ended, PostgreSQL refuses to start on the same data.
 */
async function startWhenFree(parts: Parts, plan: PartPlan): Promise<Part> {
  const end = Date.now() + LEFT_WITHIN;
  for (;;) {
    try {
      return await parts.start(plan);
    } catch (error) {
      const isInUse =
        error instanceof PartDied && /memory block .* still in use/.test(error.lastLines.join(' '));
      if (!isInUse || Date.now() > end) throw error;
      await pause(500);
    }
  }
}

/** Data of an older major version is used as it is: only that version can read it. */
function warningFor(major: number, data: string): { warning?: string } {
  if (major >= OLDEST_FOR_N8N) return {};
  return {
    warning:
      `The data in ${data} was made by PostgreSQL ${major}, which n8n does not support any more ` +
      `(${OLDEST_FOR_N8N} and newer). It runs and nothing is lost. To move to a newer version, save ` +
      'the data with pg_dump and name a newer server in DATABASE_URL, or delete the state folder ' +
      'to begin anew.',
  };
}
