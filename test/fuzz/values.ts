import fc from 'fast-check';
import { resolved, type Document, type Schema } from './document.ts';
import { knownText } from './known.ts';

/** Texts that code without care fails on. PostgreSQL cannot store the first three. */
export const ODD_TEXTS = [
  'a\0b',
  'a\ud800b',
  '\udc00',
  '',
  ' ',
  '\u00a0\ufeff\t\r\n',
  '__proto__',
  'constructor',
  "' or 1=1 --",
  '%_\\',
  '=HYPERLINK("http://x")',
  '<script>alert(1)</script>',
  '${1}{{1}}',
  '\u202e\u0130\u212a\u017f',
  '🌱'.repeat(30),
  '1e400',
  '-1',
  'null',
  '2026-13-45T99:99:99Z',
  'x'.repeat(60_000),
];
export const oddText = fc.constantFrom(...ODD_TEXTS);

/** JSON values that fit hardly any schema. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: oddText },
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, 2 ** 53, -(2 ** 31), [], {}, [[[]]]),
  fc.constant(JSON.parse('{"__proto__":{"role":"admin"},"constructor":{"prototype":1}}')),
  fc.jsonValue({ maxDepth: 2 }),
);

const text = (least: number, most: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.string({ minLength: least, maxLength: Math.min(most, 40) }) },
    {
      weight: 4,
      arbitrary: fc.string({ unit: 'grapheme', minLength: least, maxLength: Math.min(most, 20) }),
    },
    {
      weight: 2,
      arbitrary: oddText.filter((odd) => odd.length >= least && odd.length <= most),
    },
    { weight: 1, arbitrary: fc.constant('x'.repeat(Math.min(most, 50_000))) },
  );

const numberOf = (schema: Schema, name: string, fallback: number): number => {
  const given = schema[name];
  return typeof given === 'number' ? given : fallback;
};

/**
 * Makes values that fit a schema.
 *
 * @param name the name of the field or parameter: values that the API gave under this name come too
 */
export function valuesOf(document: Document, given: Schema, name: string): fc.Arbitrary<unknown> {
  const schema = resolved(document, given);
  const inner = (one: unknown, as = name) => valuesOf(document, one as Schema, as);
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom<unknown>(...(schema['enum'] as []));
  const either = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(either)) return fc.oneof(...either.map((one) => inner(one)));
  if (Array.isArray(schema['allOf'])) return inner(schema['allOf'].at(0) as Schema);
  const { type } = schema;
  if (Array.isArray(type)) {
    return fc.oneof(...type.map((one: unknown) => inner({ ...schema, type: one })));
  }
  switch (type) {
    case 'string':
      return fc.oneof(
        { weight: 2, arbitrary: knownText(name) },
        { weight: 1, arbitrary: unknownText(schema) },
      );
    case 'integer':
    case 'number': {
      const min = numberOf(schema, 'minimum', numberOf(schema, 'exclusiveMinimum', -1_001) + 1);
      const max = numberOf(schema, 'maximum', Math.max(min, 1_000));
      return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const minLength = numberOf(schema, 'minItems', 0);
      const maxLength = Math.min(numberOf(schema, 'maxItems', 3), minLength + 3);
      return fc.array(inner(schema['items'] ?? {}), { minLength, maxLength });
    }
    case 'object':
      return objectsOf(document, schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function unknownText(schema: Schema): fc.Arbitrary<string> {
  if (schema['format'] === 'uuid') return fc.uuid();
  if (schema['format'] === 'date-time') return fc.constant('2026-11-01T10:00:00.000Z');
  const most = numberOf(schema, 'maxLength', 100_000);
  if (typeof schema['pattern'] === 'string') {
    return fc.stringMatching(new RegExp(schema['pattern'])).filter((one) => one.length <= most);
  }
  return text(numberOf(schema, 'minLength', 0), most);
}

function objectsOf(document: Document, schema: Schema): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  const required = (schema['required'] ?? []) as string[];
  const fields = fc.record(
    Object.fromEntries(
      Object.entries(properties).map(([name, one]) => [name, valuesOf(document, one, name)]),
    ),
    { requiredKeys: required },
  );
  const more = schema['additionalProperties'];
  if (typeof more !== 'object' || more === null) return fields;
  const name = fc.oneof(oddText, fc.string({ maxLength: 20 }), fc.constantFrom('Kelas', 'Catatan'));
  const others = fc.dictionary(name, valuesOf(document, more as Schema, ''), { maxKeys: 3 });
  return fc
    .tuple(fields, others)
    .map(([known, other]): unknown => ({ ...other, ...(known as object) }));
}
