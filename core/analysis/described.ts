import * as z from 'zod/v4-mini';

/** Descriptions that Gemini reads beside the schema. They check nothing. */
const descriptions = z.registry<{ description: string }>();

/** The same schema with a description for Gemini. An empty one is left out. */
export function described<Schema extends z.ZodMiniType>(
  schema: Schema,
  description: string,
): Schema {
  if (description === '') return schema;
  const copy = schema.clone();
  descriptions.add(copy, { description });
  return copy;
}

export function descriptionOf(schema: z.core.$ZodType): string | undefined {
  return descriptions.get(schema)?.description;
}
