import * as z from 'zod/v4-mini';
import { CELL_LIMIT, givenText } from './givenText.ts';

/** The most further columns that the portal reads, and the longest header of one. */
export const METADATA_LIMIT = 50;
export const METADATA_NAME_LIMIT = 100;

const anyNameSchema = givenText(METADATA_NAME_LIMIT, 1);
const anyTextSchema = givenText(CELL_LIMIT);

const NO_NAME =
  `cannot be kept under this name. Give it one of 1 to ${METADATA_NAME_LIMIT} characters, ` +
  'without U+0000 and lone surrogates, and not __proto__';

/** Metadata as the portal gives it: the texts of further columns, by header. */
export const metadataSchema = z.custom<Record<string, string>>(
  (value) => isObject(value) && Object.values(value).every((text) => typeof text === 'string'),
  'must be an object of texts',
);

/**
 * Metadata that comes from outside. It is checked by hand: zod's `record` silently drops a key
 * `__proto__`, and refuses an object with a key `constructor`.
 */
export const givenMetadataSchema = z.pipe(
  z.unknown().check(({ value, issues }) => {
    const refuse = (message: string, path: string[] = []) =>
      issues.push({ code: 'custom', input: value, path, message });
    if (!isObject(value)) {
      refuse('must be an object of texts');
      return;
    }
    const entries = Object.entries(value);
    if (entries.length > METADATA_LIMIT) {
      refuse(`has ${entries.length} names, but at most ${METADATA_LIMIT} are kept. Leave some out`);
      return;
    }
    for (const [name, text] of entries) {
      const path = [name];
      if (!isMetadataName(name)) refuse(NO_NAME, path);
      else
        for (const { message } of z.safeParse(anyTextSchema, text).error?.issues ?? [])
          refuse(message, path);
    }
  }),
  metadataSchema,
);

/** Whether the portal can keep a further column under this name. */
export function isMetadataName(text: string): boolean {
  return text !== '__proto__' && z.safeParse(anyNameSchema, text).success;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
