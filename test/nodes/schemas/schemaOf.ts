/** As much of JSON Schema as n8n shows in a preview of a node's output. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Fields whose names are the sheet's or the job's own, so that a preview cannot know them. */
const OPEN = ['metadata', 'before', 'options'];

/**
 * The schema of all these values together. Where some are null and others are not, null comes last:
 * n8n shows the first type.
 */
export function schemaOf(values: readonly unknown[]): Schema {
  const present = values.filter((value) => value !== null && value !== undefined);
  const types = [...new Set(present.map(typeOf))];
  if (types.length > 1) throw new Error(`One field is ${types.join(' and ')}.`);
  const [type = 'null'] = types;
  const isNullable = values.includes(null) && present.length > 0;
  const named = { type: isNullable ? [type, 'null'] : type };
  if (type === 'array') return { ...named, items: schemaOf(present.flat()) };
  return type === 'object' ? { ...named, properties: propertiesOf(present) } : named;
}

function propertiesOf(objects: readonly unknown[]): Record<string, Schema> {
  const entries = objects.flatMap((object): [string, unknown][] => Object.entries(object ?? {}));
  const names = [...new Set(entries.map(([name]) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const values: unknown[] = entries
        .filter(([other]) => other === name)
        .map(([, value]): unknown => value);
      return [name, OPEN.includes(name) ? { type: 'object', properties: {} } : schemaOf(values)];
    }),
  );
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
