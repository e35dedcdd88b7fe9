import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** In the state folder's `postgres`: says that the data is elsewhere. */
const MARKER = 'data-is-elsewhere';

/** The user that runs PostgreSQL when this process is root. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The folder of the cluster (`data` is in it), and the user that owns it. */
export interface PostgresHome {
  readonly folder: string;
  readonly data: string;
  readonly owner: Owner | undefined;
  /** Set when the state folder could not be used, for the person to know where the data is. */
  readonly movedTo?: string;
}

/**
 * The folder for the cluster. PostgreSQL refuses to run as root, so for root it runs as `nobody`. If `nobody`
 * cannot reach the state folder, for instance below /root, the data goes to /var/tmp. The folder's name
 * there is made from the state folder's.
 */
export function postgresHome(state: string): PostgresHome {
  const here = join(state, 'postgres');
  if (process.getuid?.() !== 0) {
    mkdirSync(here, { recursive: true, mode: 0o700 });
    return { folder: here, data: join(here, 'data'), owner: undefined };
  }
  const owner = nobody();
  mkdirSync(here, { recursive: true, mode: 0o755 });
  if (isReachable(here)) return withData(here, owner);
  const elsewhere = folderElsewhere(state);
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  if (!isRoots(elsewhere)) {
    throw new Error(`${elsewhere} is not a folder of root's. Remove it and start again.`);
  }
  writeFileSync(join(here, MARKER), `${elsewhere}\n`);
  return { ...withData(elsewhere, owner), movedTo: elsewhere };
}

/** Whether any user can reach what is in `folder`: every folder above lets others through. */
export function isReachable(folder: string): boolean {
  for (let above = folder; ; above = dirname(above)) {
    if ((statSync(above).mode & 0o001) === 0) return false;
    if (above === dirname(above)) return true;
  }
}

/** The major version of the cluster in `data`, or undefined if there is none yet. */
export function clusterMajor(data: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(data, 'PG_VERSION'), 'utf8'), 10);
  } catch {
    return undefined;
  }
}

/** Whether a cluster was made for this state folder, in it or elsewhere. */
export function hasCluster(state: string): boolean {
  const here = join(state, 'postgres');
  return (
    clusterMajor(join(here, 'data')) !== undefined ||
    (existsSync(join(here, MARKER)) &&
      clusterMajor(join(folderElsewhere(state), 'data')) !== undefined)
  );
}

/**
 * Deletes the data that a deleted state folder left elsewhere. A person who deletes the state folder
 * begins anew: the password of that data is gone, and it cannot be opened any more.
 */
export function forgetDataElsewhere(state: string): void {
  const elsewhere = folderElsewhere(state);
  if (process.getuid?.() !== 0 || !isRoots(elsewhere)) return;
  rmSync(join(elsewhere, 'data'), { recursive: true, force: true });
}

/** Everybody may write to /var/tmp: a folder, or a link, that somebody else put there is not used. */
function isRoots(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === 0;
}

function folderElsewhere(state: string): string {
  const key = createHash('sha256').update(state).digest('hex').slice(0, 12);
  return join('/var/tmp', `digital-materi-${key}`);
}

function withData(folder: string, owner: Owner): PostgresHome {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  chownSync(data, owner.uid, owner.gid);
  chmodSync(data, 0o700);
  return { folder, data, owner };
}

function nobody(): Owner {
  const line = readFileSync('/etc/passwd', 'utf8').match(/^nobody:[^:]*:(\d+):(\d+):/m);
  return { uid: Number(line?.[1] ?? 65534), gid: Number(line?.[2] ?? 65534) };
}
