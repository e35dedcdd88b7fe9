import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync } from 'node:fs';

const TAIL_BYTES = 64 * 1024;

/** Keeps the log of the run before as `<name>.previous.log` and lets a new one begin. */
export function beginLog(file: string): void {
  if (existsSync(file)) renameSync(file, file.replace(/\.log$/, '.previous.log'));
}

/** The last lines of a log (at most 64 kB of them), oldest first; none if there is no log. */
export function lastLines(file: string, count: number): string[] {
  if (!existsSync(file)) return [];
  const log = openSync(file, 'r');
  try {
    const { size } = fstatSync(log);
    const length = Math.min(size, TAIL_BYTES);
    const bytes = Buffer.alloc(length);
    readSync(log, bytes, 0, length, size - length);
    return bytes.toString('utf8').trimEnd().split('\n').slice(-count);
  } finally {
    closeSync(log);
  }
}
