import * as z from 'zod/v4-mini';
import { malformed, notImplemented, type Violation } from '../http/googleError.ts';
import { parseJson, protoPath, unknownName, violationOf } from '../http/json.ts';
import { camelCase, type Field, type Names } from './names.ts';

type Path = readonly PropertyKey[];

/**
 * Reads the body of a request: first whether Google knows all its names, then as far as the
 * stand-in implements them.
 *
 * @param at where Google's errors place the body: `data.values`
 * @throws GoogleError 400 for what Google refuses, 501 for a field of Google's that `schema` lacks
 */
export function readBody<T>(
  names: Names,
  message: string,
  schema: z.ZodMiniType<T>,
  text: string,
  at: Path = [],
): T {
  return readParsed(names, message, schema, parseJson(text), at);
}

/** Reads a body whose JSON is parsed, with the rules of `readBody`. */
export function readParsed<T>(
  names: Names,
  message: string,
  schema: z.ZodMiniType<T>,
  body: unknown,
  at: Path = [],
): T {
  return parseKnown(schema, knownFields(names, message, body, at), at);
}

/** Parses a message whose names Google all knows: a field that the schema lacks is 501. */
export function parseKnown<T>(schema: z.ZodMiniType<T>, message: unknown, at: Path): T {
  const parsed = z.safeParse(schema, message);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const refused = issues.filter((issue) => issue.code !== 'unrecognized_keys');
  if (refused.length > 0) throw malformed(refused.map((issue) => violationOf(issue, message, at)));
  const lacking = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => protoPath([...at, ...issue.path, key]))
      : [],
  );
  throw notImplemented(`the field ${lacking.join(', ')}`);
}

/**
 * A message with the names in camel case and without nulls: in Google's JSON a null field is not
 * set. A name may be written as in the protocol buffer (`sheet_id`). One object counts as a list of
 * one (measured in brekkylab/backlot, protojson.py).
 *
 * @throws GoogleError 400 naming every field that Google does not know
 */
function knownFields(names: Names, message: string, value: unknown, at: Path): unknown {
  const violations: Violation[] = [];
  const known = readMessage({ names, violations }, message, value, at);
  if (violations.length > 0) throw malformed(violations);
  return known;
}

interface Reading {
  readonly names: Names;
  readonly violations: Violation[];
}

function readMessage(reading: Reading, message: string, value: unknown, path: Path): unknown {
  const { names, violations } = reading;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const field = protoPath(path);
    const type = `type.googleapis.com/${names.packageName}.${message}`;
    const description = `Invalid value at '${field}' (${type}), ${JSON.stringify(value)}`;
    violations.push({ field, description });
    return value;
  }
  const fields = names.fieldsOf(message);
  const known = Object.entries(value).flatMap(([key, given]: [string, unknown]) => {
    const name = fields.has(key) ? key : camelCase(key);
    const field = fields.get(name);
    if (!field) {
      violations.push(unknownName(key, path, 'Cannot find field.'));
      return [];
    }
    return given === null ? [] : [[name, readField(reading, { key, field }, given, path)] as const];
  });
  return Object.fromEntries(known);
}

function readField(
  reading: Reading,
  { key, field }: { key: string; field: Field },
  given: unknown,
  path: Path,
): unknown {
  if (field.shape !== 'list' && Array.isArray(given)) {
    const why = 'Proto field is not repeating, cannot start list.';
    reading.violations.push(unknownName(key, path, why));
    return given;
  }
  const { type } = field;
  if (type === undefined || type === 'any') return given;
  const below = [...path, camelCase(key)];
  if (Array.isArray(given)) {
    const items: unknown[] = given;
    return items
      .filter((item) => item !== null)
      .map((item, index) => readMessage(reading, type, item, [...below, index]));
  }
  if (field.shape === 'map' && typeof given === 'object' && given !== null) {
    const entries = Object.entries(given).map(
      ([name, item], index) =>
        [name, readMessage(reading, type, item, [...below, index, 'value'])] as const,
    );
    return Object.fromEntries(entries);
  }
  const read = readMessage(reading, type, given, below);
  return field.shape === 'list' ? [read] : read;
}
