import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod/v4-mini';
import { errorCode } from './errorCode.ts';

/** A state file that cannot be made again is there, but cannot be used. */
export class DamagedFile extends Error {
  /** @param advice what to do about it */
  constructor(file: string, fault: string, advice: string) {
    super(`${file} cannot be used: ${fault}. ${advice}`);
  }
}

/**
 * Reads a JSON file of the state folder that can be made again, such as the chosen ports.
 * @returns what it holds, or undefined when it is missing or not what `schema` says
 */
export function readJson<T>(file: string, schema: z.ZodMiniType<T>): T | undefined {
  try {
    return readKept(file, schema, '');
  } catch {
    return undefined;
  }
}

/**
 * Reads a JSON file that cannot be made again, such as the secrets.
 * @param advice what a person does when the file is damaged
 * @returns what it holds, or undefined only when there is no such file
 * @throws DamagedFile, whose message never holds a value of the file
 */
export function readKept<T>(file: string, schema: z.ZodMiniType<T>, advice: string): T | undefined {
  const damaged = (fault: string) => new DamagedFile(file, fault, advice);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw damaged(`it cannot be read (${errorCode(error) ?? String(error)})`);
  }
  if (text.trim() === '') throw damaged('it is empty');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw damaged('it is not JSON; a part of it may be missing');
  }
  const read = z.safeParse(schema, value);
  if (read.success) return read.data;
  const path = read.error.issues[0]?.path.join('.') ?? '';
  throw damaged(
    path === '' ? 'it is not of the expected form' : `its field ${path} is missing or wrong`,
  );
}

/**
 * Writes a JSON file for the owner only (mode 600). The text is on the disk before the file gets its name.
 * So a reader sees the old file or the new file, also after a power cut, and never half a file.
 */
export function writeJson(file: string, value: unknown): void {
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(partial, file);
  syncFolder(dirname(file));
}

/** A rename is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
