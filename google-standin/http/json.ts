import { malformed, type Violation } from './googleError.ts';

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

/** Google's words for a name that a message does not have. */
export function unknownName(name: string, at: readonly PropertyKey[], why: string): Violation {
  const field = protoPath(at);
  const where = field ? ` at '${field}'` : '';
  return {
    field,
    description: `Invalid JSON payload received. Unknown name "${name}"${where}: ${why}`,
  };
}

/** Google's words for a value of the wrong type; the schema's message is the type. */
export function violationOf(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string },
  message: unknown,
  at: readonly PropertyKey[],
): Violation {
  const field = protoPath([...at, ...issue.path]);
  const given = valueAt(message, issue.path);
  const value = given === undefined ? 'nothing' : JSON.stringify(given);
  return { field, description: `Invalid value at '${field}' (${issue.message}), ${value}` };
}

function valueAt(message: unknown, path: readonly PropertyKey[]): unknown {
  let value = message;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}
