import { setTimeout as pause } from 'node:timers/promises';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';

/** A log's file and five older ones, of 5 MB each. */
const LIMITS = { size: '5M', rotate: 5, mode: 0o600 } as const;

/** The last bytes that are kept in memory, so that a part's last words are known on a full disk too. */
const TAIL_BYTES = 64 * 1024;

/** Bytes that may wait for a slow disk; more are dropped, for a part must never wait for its log. */
const WAITING_BYTES = 16 * 1024 * 1024;

/** Bytes of one write; waiting lines are written together, because each write is a round trip. */
const PIECE_BYTES = 256 * 1024;

/** Milliseconds until a log that could not be written is opened again. */
const RETRY_AFTER = 5_000;

/** How long closing may take, in milliseconds. */
const CLOSE_WITHIN = 1_000;

/**
 * The output of a part: its last lines in memory, all lines in a file that is rotated. Lines that
 * the disk does not take are dropped and counted; the file says so as soon as it can be written
 * again.
 */
export class PartLog {
  readonly #file: string;
  readonly #onLoss: (error: Error) => void;
  #tail = Buffer.alloc(0);
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | undefined;
  #stream: RotatingFileStream | undefined;
  #retryAt = 0;
  #dropped = 0;

  /** @param onLoss called each time that the file cannot be written */
  constructor(file: string, onLoss: (error: Error) => void) {
    this.#file = file;
    this.#onLoss = onLoss;
  }

  /** Begins a new run of the part: lines of the run before do not count among the last lines. */
  begin(): void {
    this.#tail = Buffer.alloc(0);
    this.#toFile(Buffer.from(`--- started ${new Date().toISOString()}\n`));
  }

  write(chunk: Buffer): void {
    this.#tail = Buffer.concat([this.#tail, chunk]).subarray(-TAIL_BYTES);
    this.#toFile(chunk);
  }

  /** The last lines of this run (at most 64 kB of them), oldest first. */
  lastLines(count: number): string[] {
    const text = this.#tail.toString('utf8').trimEnd();
    return text === '' ? [] : text.split('\n').slice(-count);
  }

  /** Waits, but not for long, until what was written is in the file; the next line opens it again. */
  async close(): Promise<void> {
    await Promise.race([this.#writing, pause(CLOSE_WITHIN, undefined, { ref: false })]);
    this.#stream?.end();
    this.#stream = undefined;
  }

  #toFile(chunk: Buffer): void {
    if (this.#waitingBytes > WAITING_BYTES) {
      this.#dropped += linesIn(chunk);
      return;
    }
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    this.#writing ??= this.#writeWaiting().finally(() => (this.#writing = undefined));
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const piece = this.#nextPiece();
      const dropped = this.#dropped;
      try {
        await this.#append(dropped === 0 ? piece : Buffer.concat([missing(dropped), piece]));
        this.#dropped -= dropped;
      } catch {
        this.#dropped += linesIn(piece);
      }
    }
  }

  #nextPiece(): Buffer {
    let count = 0;
    for (let bytes = 0; count < this.#waiting.length && bytes < PIECE_BYTES; count += 1) {
      bytes += this.#waiting[count]?.length ?? 0;
    }
    const piece = Buffer.concat(this.#waiting.splice(0, count));
    this.#waitingBytes -= piece.length;
    return piece;
  }

  async #append(piece: Buffer): Promise<void> {
    const stream = this.#opened();
    await new Promise<void>((resolve, reject) => {
      stream.write(piece, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  #opened(): RotatingFileStream {
    if (this.#stream !== undefined) return this.#stream;
    if (Date.now() < this.#retryAt) throw new Error('the log could not be written a moment ago');
    const stream = createStream(this.#file, LIMITS);
    this.#stream = stream;
    stream.on('error', (error) => {
      if (this.#stream === stream) this.#stream = undefined;
      this.#retryAt = Date.now() + RETRY_AFTER;
      this.#onLoss(error);
    });
    return stream;
  }
}

function missing(lines: number): Buffer {
  return Buffer.from(`--- ${lines} lines are missing here: they could not be written\n`);
}

/** A piece without a line's end counts as one line. */
function linesIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) count += 1;
  return Math.max(1, count);
}
