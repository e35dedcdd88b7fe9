import type { Found } from './analysis.ts';
import type { Material } from './written/material.ts';
import { hashOf, upTo } from './words.ts';

type Schema = Readonly<Record<string, unknown>>;

interface Source {
  readonly found: Found;
  readonly material: Material;
}

/**
 * Makes an answer of exactly the schema's shape (Gemini's subset of OpenAPI 3.0, or JSON Schema). Names
 * that the analysis knows get its findings, with everything in them. Other names get a value of their type
 * from the material.
 *
 * @param given what the analysis found for this very place
 */
export function answerFor(schema: Schema, source: Source, name = '', given?: unknown): unknown {
  const choice = firstSchema(schema['anyOf']) ?? firstSchema(schema['oneOf']);
  if (choice) return answerFor(choice, source, name, given);
  if (given === null && schema['nullable'] === true) return null;
  const type = typeOf(schema);
  const known = [given, foundFor(source, name)].find((value) => hasTypeOf(value, schema));
  const options = listOf(schema['enum']);
  if (options.length > 0) {
    return options.includes(known)
      ? known
      : options[hashOf(source.material.title + name) % options.length];
  }
  switch (type) {
    case 'object':
      return objectFor(schema, source, isSchema(known) ? known : {});
    case 'array':
      return arrayFor(schema, source, name, Array.isArray(known) ? known : undefined);
    case 'integer':
      return Math.round(numberFor(schema, source, name));
    case 'number':
      return numberFor(schema, source, name);
    case 'boolean':
      return known ?? hashOf(source.material.title + name) % 2 === 0;
    case 'null':
      return null;
    default:
      return textFor(schema, typeof known === 'string' ? known : genericText(source, name));
  }
}

/** What the analysis has under this name: in its own form, or as plain texts for another schema. */
function foundFor({ found }: Source, name: string): unknown {
  return Object.hasOwn(found.plain, name) ? Reflect.get(found.plain, name) : undefined;
}

/** Whether a value has the schema's type; of an array, its first entry too. */
function hasTypeOf(value: unknown, schema: Schema): boolean {
  const type = typeOf(schema);
  if (!Array.isArray(value)) return typeof value === type;
  const items = isSchema(schema['items']) ? schema['items'] : {};
  return type === 'array' && (value.length === 0 || hasTypeOf(value[0], items));
}

function typeOf(schema: Schema): string {
  const types = listOf(schema['type']);
  const type = types.length > 0 ? types.find((t) => t !== 'null') : schema['type'];
  if (typeof type === 'string') return type.toLowerCase();
  return schema['properties'] ? 'object' : schema['items'] ? 'array' : 'string';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstSchema(value: unknown): Schema | undefined {
  return Array.isArray(value) ? value.find(isSchema) : undefined;
}

/** In the order the schema asks for; every property is given, required or not. */
function objectFor(schema: Schema, source: Source, known: Schema): object {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const ordering: unknown[] = Array.isArray(schema['propertyOrdering'])
    ? schema['propertyOrdering']
    : [];
  const place = (name: string) =>
    ordering.includes(name) ? ordering.indexOf(name) : ordering.length;
  const names = Object.keys(properties).sort((a, b) => place(a) - place(b));
  return Object.fromEntries(
    names.map((name) => {
      const property = properties[name];
      const given = Object.hasOwn(known, name) ? known[name] : undefined;
      return [name, answerFor(isSchema(property) ? property : {}, source, name, given)];
    }),
  );
}

function arrayFor(
  schema: Schema,
  source: Source,
  name: string,
  known: readonly unknown[] | undefined,
): unknown[] {
  const items = isSchema(schema['items']) ? schema['items'] : {};
  const least = count(schema['minItems']) ?? (known === undefined ? 1 : 0);
  const most = count(schema['maxItems']) ?? Math.max(least, known?.length ?? 3);
  const wanted = Math.min(most, Math.max(least, known?.length ?? Math.min(most, 2)));
  return Array.from({ length: wanted }, (_, index) =>
    answerFor(items, source, `${name} ${index + 1}`, known?.[index % known.length]),
  );
}

function count(value: unknown): number | undefined {
  // Gemini's schema has int64 as strings.
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

function numberFor(schema: Schema, { material }: Source, name: string): number {
  const minimum = typeof schema['minimum'] === 'number' ? schema['minimum'] : 1;
  const maximum = typeof schema['maximum'] === 'number' ? schema['maximum'] : minimum + 9;
  return minimum + (hashOf(material.title + name) % (Math.floor(maximum - minimum) + 1));
}

function textFor(schema: Schema, text: string): string {
  if (schema['format'] === 'date-time') return '2025-07-01T00:00:00Z';
  if (schema['format'] === 'date') return '2025-07-01';
  const limit = count(schema['maxLength']);
  return limit === undefined ? text : upTo(text, limit);
}

function genericText({ found: { plain }, material }: Source, name: string): string {
  const label = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .trim();
  const title = upTo(material.title.trim(), 150);
  const topic = plain.keywords[hashOf(name) % plain.keywords.length] ?? title;
  return label === ''
    ? plain.summary
    : `${label.charAt(0).toUpperCase()}${label.slice(1)} untuk "${title}": ${topic}.`;
}
