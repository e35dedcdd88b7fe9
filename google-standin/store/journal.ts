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
import * as z from 'zod/v4-mini';
import { DamagedFile, readKept } from './jsonFile.ts';
import type { Spreadsheet } from '../sheets/model/spreadsheet.ts';
import { spreadsheetsSchema } from './saved.ts';

const savedSchema = z.object({ sequence: z.int(), snapshot: spreadsheetsSchema });
const logRecordSchema = z.object({ sequence: z.int(), entry: z.unknown() });
type LogRecord = z.infer<typeof logRecordSchema>;

/**
 * A state that survives SIGKILL: a snapshot and a log of the entries since. The snapshot is written to another
 * file, synced, and renamed. Each entry is one line of JSON, written before the change is answered. The log
 * is not synced for each entry: after write(2) the kernel has the line, and it survives the process. A power
 * cut may lose entries, which a development tool may do.
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

  /**
   * Opens the folder's journal; a line torn by a kill was never answered and is cut off.
   * @throws DamagedFile
   */
  static open(folder: string): { journal: Journal; snapshot: Spreadsheet[]; entries: unknown[] } {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'snapshot.json');
    const { sequence, snapshot } = readKept(file, savedSchema, adviceFor(folder)) ?? NOTHING_SAVED;
    const records = readLog(folder).filter((r) => r.sequence > sequence);
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

const NOTHING_SAVED = { sequence: 0, snapshot: [] };

const adviceFor = (folder: string) =>
  'Nothing was changed. It holds the sheet of the Google stand-in. Put it back from a backup of ' +
  `${folder}. Or move that folder away: the stand-in then begins with an empty sheet.`;

/** The log in this folder cannot be used. */
export function damagedLog(folder: string): DamagedFile {
  const fault = "it has a line that is not the stand-in's, or cannot be repeated";
  return new DamagedFile(join(folder, 'log.jsonl'), fault, adviceFor(folder));
}

function readLog(folder: string): LogRecord[] {
  const path = join(folder, 'log.jsonl');
  if (!existsSync(path)) return [];
  const text = readFileSync(path);
  const whole = text.lastIndexOf(0x0a) + 1;
  if (whole < statSync(path).size) truncateSync(path, whole);
  const lines = text.subarray(0, whole).toString('utf8').split('\n');
  try {
    return lines
      .filter((line) => line !== '')
      .map((line) => z.parse(logRecordSchema, JSON.parse(line)));
  } catch {
    throw damagedLog(folder);
  }
}
