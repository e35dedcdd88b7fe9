import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

interface LogRecord {
  readonly sequence: number;
  readonly entry: unknown;
}

/**
 * A state that survives SIGKILL: a snapshot (written aside, synced, renamed) and a log of the
 * entries since, one JSON line each, written before the change is answered. What write(2) took is
 * in the kernel and outlives the process, so the log is not synced for each entry: it guards
 * against a killed process, not against a power cut, which is what a development tool needs.
 */
export class Journal {
  private readonly snapshotPath: string;
  private readonly logPath: string;
  private log: number;
  private sequence: number;
  private logged = 0;

  private constructor(folder: string, sequence: number) {
    this.snapshotPath = join(folder, 'snapshot.json');
    this.logPath = join(folder, 'log.jsonl');
    this.sequence = sequence;
    this.log = openSync(this.logPath, 'a');
  }

  /** Opens the folder's journal; a line torn by a kill was never answered and is cut off. */
  static open(folder: string): { journal: Journal; snapshot: unknown; entries: unknown[] } {
    mkdirSync(folder, { recursive: true });
    const { sequence, snapshot } = readSnapshot(join(folder, 'snapshot.json'));
    const records = readLog(join(folder, 'log.jsonl')).filter((r) => r.sequence > sequence);
    const journal = new Journal(folder, records.at(-1)?.sequence ?? sequence);
    return { journal, snapshot, entries: records.map((r) => r.entry) };
  }

  append(entry: unknown): void {
    this.sequence++;
    const line = Buffer.from(`${JSON.stringify({ sequence: this.sequence, entry })}\n`);
    for (let written = 0; written < line.length;) {
      written += writeSync(this.log, line, written);
    }
    this.logged += line.length;
  }

  /** Whether enough was logged since the last snapshot that a new one is worth its time. */
  get isLong(): boolean {
    return this.logged > 16_000_000;
  }

  /** Replaces the snapshot; a kill between its rename and the log's emptying loses nothing. */
  save(snapshot: unknown): void {
    const aside = `${this.snapshotPath}.new`;
    const file = openSync(aside, 'w');
    writeFileSync(file, JSON.stringify({ sequence: this.sequence, snapshot }));
    fsyncSync(file);
    closeSync(file);
    renameSync(aside, this.snapshotPath);
    truncateSync(this.logPath, 0);
    this.logged = 0;
  }

  close(): void {
    closeSync(this.log);
  }
}

function readSnapshot(path: string): { sequence: number; snapshot: unknown } {
  if (!existsSync(path)) return { sequence: 0, snapshot: null };
  const saved: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof saved !== 'object' || !saved || !('sequence' in saved) || !('snapshot' in saved)) {
    throw new Error(`${path} is not a snapshot of the Google stand-in. Move its folder away.`);
  }
  return { sequence: Number(saved.sequence), snapshot: saved.snapshot };
}

function readLog(path: string): LogRecord[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path);
  const whole = text.lastIndexOf(0x0a) + 1;
  if (whole < statSync(path).size) truncateSync(path, whole);
  return text
    .subarray(0, whole)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): LogRecord => {
      const record: unknown = JSON.parse(line);
      if (
        typeof record !== 'object' ||
        !record ||
        !('sequence' in record) ||
        !('entry' in record)
      ) {
        throw new Error(
          `${path} has a line that is not the Google stand-in's. Move its folder away.`,
        );
      }
      return { sequence: Number(record.sequence), entry: record.entry };
    });
}
