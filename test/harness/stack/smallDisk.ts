import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync, writeSync, openSync, closeSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../../google-standin/store/errorCode.ts';

/** A file system of its own that can really be filled. */
export interface SmallDisk {
  /** Takes all the room that is left. */
  readonly fill: () => void;
  /** Gives it back. */
  readonly empty: () => void;
  readonly remove: () => void;
}

/**
 * Mounts a small file system at `folder`.
 * @returns undefined where this process may not mount one
 */
export function mountSmallDisk(folder: string, size: string): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    const args = ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'materi-test', folder];
    execFileSync('mount', args, { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const ballast = join(folder, 'ballast');
  return {
    fill: () => fillUp(ballast),
    empty: () => rmSync(ballast, { force: true }),
    remove: () => execFileSync('umount', ['--lazy', folder]),
  };
}

function fillUp(ballast: string): void {
  writeFileSync(ballast, '');
  const file = openSync(ballast, 'a');
  // Ever smaller pieces, until not a byte is left.
  for (const piece of [1024 * 1024, 4096, 1]) {
    try {
      for (;;) writeSync(file, Buffer.alloc(piece));
    } catch (error) {
      if (errorCode(error) !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
}
