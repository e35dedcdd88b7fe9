import * as z from 'zod/v4-mini';
import { googleBooleanSchema, googleEnum } from '../names/index.ts';

type Schema = Record<string, unknown>;

const textSchema = z.optional(z.string('TYPE_STRING'));
const textsSchema = z.optional(z.array(z.string('TYPE_STRING')));
const numberSchema = z.optional(z.number('TYPE_DOUBLE'));
const int64Schema = z.optional(z.union([z.int(), z.string()], 'TYPE_INT64'));

const types = ['STRING', 'NUMBER', 'INTEGER', 'BOOLEAN', 'ARRAY', 'OBJECT', 'NULL'] as const;

/** Gemini's own Schema, as far as the answers keep to it. */
export const responseSchema: z.ZodMiniType<Schema> = z.lazy(() =>
  z.strictObject({
    type: z.optional(googleEnum(types, 'Type', 'google.ai.generativelanguage.v1beta')),
    format: textSchema,
    title: textSchema,
    description: textSchema,
    nullable: z.optional(googleBooleanSchema),
    enum: textsSchema,
    properties: z.optional(z.record(z.string(), responseSchema)),
    required: textsSchema,
    propertyOrdering: textsSchema,
    items: z.optional(responseSchema),
    minItems: int64Schema,
    maxItems: int64Schema,
    maxLength: int64Schema,
    minimum: numberSchema,
    maximum: numberSchema,
    anyOf: z.optional(z.array(responseSchema)),
  }),
);

/** JSON Schema, as far as the answers keep to it. Google has no message for it, so names are as they are. */
export const responseJsonSchema: z.ZodMiniType<Schema> = z.lazy(() =>
  z.strictObject({
    type: z.optional(z.union([z.string(), z.array(z.string())])),
    format: textSchema,
    title: textSchema,
    description: textSchema,
    enum: z.optional(z.array(z.unknown())),
    properties: z.optional(z.record(z.string(), responseJsonSchema)),
    // An answer never has more than the properties.
    additionalProperties: z.optional(z.boolean()),
    required: textsSchema,
    propertyOrdering: textsSchema,
    items: z.optional(responseJsonSchema),
    minItems: z.optional(z.int()),
    maxItems: z.optional(z.int()),
    minimum: z.optional(z.number()),
    maximum: z.optional(z.number()),
    anyOf: z.optional(z.array(responseJsonSchema)),
    oneOf: z.optional(z.array(responseJsonSchema)),
  }),
);
