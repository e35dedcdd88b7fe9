import { badRequestDetail, GoogleError } from './googleError.ts';

/**
 * The fields that a mask names, each with the mask below it. An empty mask means the field with
 * everything below it.
 */
export type Mask = ReadonlyMap<string, Mask>;

/** Google's partial response (`fields=a.b,c(d,e),f/g`): keeps what the mask names. */
export function applyFields(answer: object, fields: string | null): object {
  if (fields === null || fields === '' || fields === '*') return answer;
  return pickFields(answer, parseMask(fields));
}

/** @throws GoogleError 400 when it is no mask */
export function parseMask(fields: string): Mask {
  const tokens = fields.match(/[A-Za-z0-9_*-]+|[.,/()]/g) ?? [];
  if (tokens.join('') !== fields.replace(/\s/g, '')) throw badMask(fields);
  let at = 0;
  const list = (into: WritableMask): void => {
    for (;;) {
      path(into);
      if (tokens[at] !== ',') return;
      at++;
    }
  };
  const path = (into: WritableMask): void => {
    const name = tokens[at++];
    if (name === undefined || /[.,/()]/.test(name)) throw badMask(name ?? '');
    const below = into.get(name) ?? new Map<string, WritableMask>();
    into.set(name, below);
    const next = tokens[at];
    if (next === '.' || next === '/') {
      at++;
      path(below);
    } else if (next === '(') {
      at++;
      list(below);
      if (tokens[at++] !== ')') throw badMask(name);
    }
  };
  const mask: WritableMask = new Map();
  list(mask);
  if (at < tokens.length) throw badMask(tokens[at] ?? '');
  return mask;
}

type WritableMask = Map<string, WritableMask>;

/** Google's error for a mask with a path that the answer's type does not have. */
export function badMask(path: string): GoogleError {
  return new GoogleError(400, 'Request contains an invalid argument.', [
    badRequestDetail([
      {
        field: path,
        description: `Error expanding 'fields' parameter. Cannot find matching fields for path '${path}'.`,
      },
    ]),
  ]);
}

function pick(value: unknown, mask: Mask): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return pickFields(value, mask);
}

function pickFields(value: object, mask: Mask): object {
  const all = mask.get('*');
  const picked: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const field: unknown = Reflect.get(value, name);
    const below = mask.get(name) ?? all;
    if (below) picked[name] = below.size === 0 ? field : pick(field, below);
  }
  return picked;
}
