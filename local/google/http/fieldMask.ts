import { badRequestDetail, GoogleError } from './googleError.ts';

/** `{}` stands for "this field and all below it". */
interface Mask {
  [field: string]: Mask;
}

/**
 * Google's partial response (`fields=a.b,c(d,e),f/g`): keeps what the mask names.
 * `known` lists the fields of the answer's type where they are known, so that a misspelt one is
 * refused as Google refuses it, also when the answer happens to lack the field.
 */
export function applyFields(answer: object, fields: string | null, known?: Mask): object {
  if (fields === null || fields === '' || fields === '*') return answer;
  const mask = parseMask(fields);
  if (known) refuseUnknown(mask, known, fields, []);
  return pickFields(answer, mask);
}

export function parseMask(fields: string): Mask {
  const tokens = fields.match(/[A-Za-z0-9_*-]+|[.,/()]/g) ?? [];
  if (tokens.join('') !== fields.replace(/\s/g, '')) throw badMask(fields, fields);
  let at = 0;
  const list = (): Mask => {
    const mask: Mask = {};
    for (;;) {
      path(mask);
      if (tokens[at] !== ',') return mask;
      at++;
    }
  };
  const path = (into: Mask): void => {
    const name = tokens[at++];
    if (name === undefined || /[.,/()]/.test(name)) throw badMask(fields, name ?? '');
    const below = (into[name] ??= {});
    const next = tokens[at];
    if (next === '.' || next === '/') {
      at++;
      path(below);
    } else if (next === '(') {
      at++;
      Object.assign(below, list());
      if (tokens[at++] !== ')') throw badMask(fields, name);
    }
  };
  const mask = list();
  if (at < tokens.length) throw badMask(fields, tokens[at] ?? '');
  return mask;
}

function badMask(fields: string, path: string): GoogleError {
  return new GoogleError(400, 'Request contains an invalid argument.', [
    badRequestDetail([
      {
        field: fields,
        description: `Error expanding 'fields' parameter. Cannot find matching fields for path '${path}'.`,
      },
    ]),
  ]);
}

function refuseUnknown(mask: Mask, known: Mask, fields: string, path: string[]): void {
  for (const [name, below] of Object.entries(mask)) {
    const field = known[name];
    if (name === '*') continue;
    if (!field) throw badMask(fields, [...path, name].join('.'));
    if (Object.keys(field).length > 0) refuseUnknown(below, field, fields, [...path, name]);
  }
}

function pick(value: unknown, mask: Mask): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return pickFields(value, mask);
}

function pickFields(value: object, mask: Mask): object {
  const all = mask['*'];
  const entries = Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
    const below = mask[name] ?? all;
    if (!below) return [];
    return [[name, Object.keys(below).length === 0 ? field : pick(field, below)] as const];
  });
  return Object.fromEntries(entries);
}
