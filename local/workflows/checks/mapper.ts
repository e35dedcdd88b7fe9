import * as z from 'zod/v4-mini';

const mapperSchema = z.looseObject({
  mappingMode: z.enum(['defineBelow', 'autoMapInputData']),
  value: z.nullish(z.record(z.string(), z.unknown())),
  matchingColumns: z._default(z.array(z.string()), []),
  schema: z._default(z.array(z.looseObject({ id: z.string(), displayName: z.string() })), []),
});

/**
 * Checks a resource mapper. n8n maps only columns that its `schema` has: without it, a run writes nothing.
 */
export function checkMapper(value: unknown, at: string): string[] {
  const mapper = mapperSchema.safeParse(value);
  if (!mapper.success) {
    const [issue] = mapper.error.issues;
    const path = [at, ...(issue?.path ?? [])].join('.');
    return [
      `The parameter "${path}" is not valid (${issue?.message}). Map the columns in n8n again.`,
    ];
  }
  const { mappingMode, schema, matchingColumns } = mapper.data;
  const mapped = mappingMode === 'defineBelow' ? Object.keys(mapper.data.value ?? {}) : [];
  if (mappingMode === 'defineBelow' && schema.length === 0) {
    return [`The parameter "${at}.schema" is empty, so n8n maps nothing. Load the columns in n8n.`];
  }
  const known = new Set(schema.map(({ id }) => id));
  const faults = mapped
    .filter((column) => !known.has(column))
    .map(
      (column) =>
        `The parameter "${at}.schema" lacks the mapped column "${column}". Load the columns in n8n.`,
    );
  if (schema.length === 0) return faults;
  return [
    ...faults,
    ...matchingColumns
      .filter((column) => !known.has(column))
      .map(
        (column) =>
          `"${at}.matchingColumns" names "${column}", which "${at}.schema" lacks. Choose the columns to match on in n8n.`,
      ),
  ];
}
