import { fstatSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';

/** How much may wait for a reader that does not read, in bytes. */
const MOST_WAITING = 1_000_000;

/** Takes log lines. It never throws, never waits for a reader, and never ends the process. */
export interface Output {
  write(line: string): void;
}

/**
 * Writes lines to a file descriptor. It drops a line that cannot be written (the disk is full, the
 * reader is gone or does not read). When writing works again, it first writes how many lines it
 * dropped.
 */
export function openOutput(fd: number): Output {
  const send = isStream(fd) ? streamWriter(fd) : fileWriter(fd);
  let dropped = 0;
  return {
    write(line) {
      const report = dropped === 0 ? '' : droppedLine(dropped);
      if (send(report + line)) dropped = 0;
      else dropped += 1;
    },
  };
}

function droppedLine(count: number): string {
  const msg = `${count} log lines before this one could not be written`;
  return `${JSON.stringify({ level: 40, time: Date.now(), dropped: count, msg })}\n`;
}

function isStream(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

/** @returns whether the text was taken */
type Send = (text: string) => boolean;

/** A file, a terminal or a device: each line is written at once, so that a crash loses none. */
function fileWriter(fd: number): Send {
  /** A full disk may take a part of a text: then the next one begins a line. */
  let isTorn = false;
  return (text) => {
    const bytes = Buffer.from(isTorn ? `\n${text}` : text);
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(fd, bytes, written);
      isTorn = false;
      return true;
    } catch {
      isTorn = isTorn || written > 0;
      return false;
    }
  };
}

/**
 * A pipe or a socket: lines that its reader does not take wait in memory, up to a limit. The lines of one
 * turn of the event loop are one write: a write for each line took 6 % of `GET /api/jobs/:id` (bench:api).
 */
function streamWriter(fd: number): Send {
  const stream = new Socket({ fd, readable: false, writable: true });
  stream.unref();
  // The reader is gone. A named pipe may get another one, but not through this descriptor's stream.
  stream.on('error', () => undefined);
  let lines = '';
  const flush = () => {
    if (lines !== '') stream.write(lines);
    lines = '';
  };
  process.once('exit', flush);
  return (text) => {
    if (!stream.writable || stream.writableLength + lines.length > MOST_WAITING) return false;
    if (lines === '') setImmediate(flush);
    lines += text;
    return true;
  };
}
