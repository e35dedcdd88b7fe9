import * as z from 'zod/v4-mini';
import { malformed } from './googleError.ts';

/** JSON of a request's body; Google's 400 when it is none. An empty body is an empty message. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON';
    throw malformed([{ description: `Invalid JSON payload received. ${reason}` }]);
  }
}

/** `['requests', 0, 'insertDimension']` → `requests[0].insert_dimension`, as Google names a path. */
export function protoPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === 'number'
        ? `[${part}]`
        : (index > 0 ? '.' : '') +
          String(part).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    )
    .join('');
}

/**
 * Parses a message with its schema. What does not fit becomes Google's 400: unknown fields by name
 * and path (`Unknown name "inheritBefore" at 'requests[0].insert_dimension': Cannot find field.`).
 * `at` is where the message stands in the request's body.
 */
export function parseMessage<T>(
  schema: z.ZodMiniType<T>,
  message: unknown,
  at: readonly PropertyKey[] = [],
): T {
  const parsed = z.safeParse(schema, message);
  if (parsed.success) return parsed.data;
  throw malformed(
    parsed.error.issues.flatMap((issue) => {
      const field = protoPath([...at, ...issue.path]);
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => ({
          field,
          description: `Invalid JSON payload received. Unknown name "${key}"${field ? ` at '${field}'` : ''}: Cannot find field.`,
        }));
      }
      const given = valueAt(message, issue.path);
      const value = given === undefined ? 'nothing' : JSON.stringify(given);
      return [{ field, description: `Invalid value at '${field}' (${issue.message}), ${value}` }];
    }),
  );
}

function valueAt(message: unknown, path: readonly PropertyKey[]): unknown {
  let value = message;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}
