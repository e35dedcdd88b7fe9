import * as z from 'zod/v4-mini';
import type { MaterialText } from '../material/index.ts';
import { capaianIdsFor } from './capaian/index.ts';
import { descriptionOf } from './described.ts';
import { analysisSchema } from './schema.ts';

/** Gemini's `responseSchema`: a subset of OpenAPI 3.0 (ai.google.dev/api/caching#Schema). */
export interface ResponseSchema {
  type: 'object' | 'array' | 'string' | 'boolean';
  description?: string;
  nullable?: true;
  format?: 'enum';
  enum?: string[];
  items?: ResponseSchema;
  properties?: Record<string, ResponseSchema>;
  required?: string[];
}

/** The texts that a field may have, by the field's path (`cp.id`). No texts: its list is left out. */
export type ClosedLists = Readonly<Record<string, readonly string[]>>;

/** The schema that Gemini gets with a material. Of Capaian Pembelajaran it has only the material's ids. */
export function analysisResponseSchema(material: MaterialText): ResponseSchema {
  return responseSchemaOf(analysisSchema, { 'cp.id': capaianIdsFor(material) });
}

/**
 * Derives what Gemini gets from a zod schema. Gemini refuses maxima of lists and large enums with a bare 400,
 * so lengths stay with zod. Gemini writes fields in the order of `required`.
 *
 * @throws Error for a kind of schema that Gemini does not have
 */
export function responseSchemaOf(
  schema: z.core.$ZodType,
  closed: ClosedLists = {},
  path = '',
): ResponseSchema {
  const made = typed(schema, closed, path);
  const description = descriptionOf(schema);
  return description === undefined ? made : { ...made, description };
}

function typed(given: z.core.$ZodType, closed: ClosedLists, path: string): ResponseSchema {
  const schema = z.parse(z.custom<z.core.$ZodTypes>(), given);
  const { def } = schema._zod;
  switch (def.type) {
    case 'object':
      return objectOf(def.shape, closed, path);
    case 'array':
      return { type: 'array', items: responseSchemaOf(def.element, closed, path) };
    case 'enum':
      return { type: 'string', format: 'enum', enum: Object.values(def.entries).map(String) };
    case 'string': {
      const texts = closed[path];
      return texts === undefined
        ? { type: 'string' }
        : { type: 'string', format: 'enum', enum: [...texts] };
    }
    case 'boolean':
      return { type: 'boolean' };
    case 'nullable':
      return { ...responseSchemaOf(def.innerType, closed, path), nullable: true };
    case 'default':
      return responseSchemaOf(def.innerType, closed, path);
    case 'pipe':
      return responseSchemaOf(def.in, closed, path);
    default:
      throw new Error(`Gemini has no schema for the zod type "${def.type}" at "${path}".`);
  }
}

function objectOf(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  closed: ClosedLists,
  path: string,
): ResponseSchema {
  const empty = Object.keys(closed).filter((name) => closed[name]?.length === 0);
  const fields = Object.entries(shape)
    .map(([name, field]) => [path === '' ? name : `${path}.${name}`, name, field] as const)
    .filter(([at]) => !empty.some((name) => name.startsWith(`${at}.`)))
    .map(([at, name, field]) => [name, responseSchemaOf(field, closed, at)] as const);
  return {
    type: 'object',
    properties: Object.fromEntries(fields),
    required: fields.map(([name]) => name),
  };
}
