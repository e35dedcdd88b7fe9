import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod/v4-mini';

/**
 * Reads a JSON file of the state folder.
 * @returns what it holds, or undefined when it is missing or not what `schema` says: a state file
 * of another version or one cut short is as good as none, for everything in it can be made again.
 */
export function readJson<T>(file: string, schema: z.ZodMiniType<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const read = z.safeParse(schema, JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a JSON file for the owner only (mode 600), by rename: a reader never sees half of it. */
export function writeJson(file: string, value: unknown): void {
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, file);
}
