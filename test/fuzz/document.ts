import { z } from 'zod/v4';

/** A JSON Schema of the document, or a reference to one. */
export type Schema = Readonly<Record<string, unknown>>;
const schemaSchema = z.record(z.string(), z.unknown());

const contentSchema = z.record(z.string(), z.object({ schema: schemaSchema }));
const responseSchema = z.object({ content: contentSchema.optional() });
const operationSchema = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.unknown())),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.enum(['path', 'query', 'header']),
      required: z.boolean(),
      schema: schemaSchema,
    }),
  ),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.union([z.object({ $ref: z.string() }), responseSchema])),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({
    schemas: z.record(z.string(), schemaSchema),
    responses: z.record(z.string(), responseSchema),
  }),
});

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

/** One operation of the document. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** As in the document: `/api/materials/{id}`. */
  readonly path: string;
  readonly caller: 'anyone' | 'signedIn' | 'operator' | 'n8n';
  readonly parameters: readonly Parameter[];
  /** Null: it takes no body. */
  readonly body: Schema | null;
  /** By status, the schema of each media type; empty: the answer has no body. */
  readonly responses: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
}

export interface Document {
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** Reads an OpenAPI document as the API serves it. */
export function readDocument(served: unknown): Document {
  const { paths, components } = documentSchema.parse(served);
  const operations = Object.entries(paths).flatMap(([path, ofPath]) =>
    Object.entries(ofPath).map(([method, operation]): Operation => {
      const names = operation.security.flatMap((one) => Object.keys(one));
      const responses = Object.entries(operation.responses).map(([status, response]) => {
        const whole =
          '$ref' in response
            ? components.responses[response.$ref.replace('#/components/responses/', '')]
            : response;
        const types = Object.entries(whole?.content ?? {});
        return [status, Object.fromEntries(types.map(([type, { schema }]) => [type, schema]))];
      });
      return {
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        caller: callerOf(names),
        parameters: operation.parameters,
        body: operation.requestBody?.content['application/json']?.schema ?? null,
        responses: Object.fromEntries(responses) as Operation['responses'],
      };
    }),
  );
  return { operations, schemas: components.schemas };
}

function callerOf(securitySchemes: readonly string[]): Operation['caller'] {
  if (securitySchemes.includes('signature')) return 'n8n';
  if (securitySchemes.includes('operator')) return 'operator';
  return securitySchemes.length > 0 ? 'signedIn' : 'anyone';
}

/** Follows `$ref` to a named schema. */
export function resolved({ schemas }: Document, schema: Schema): Schema {
  const name = /^#\/components\/schemas\/(\w+)$/.exec(String(schema['$ref']))?.[1];
  const found = name === undefined ? schema : schemas[name];
  if (found === undefined) throw new Error(`The document has no schema ${name}.`);
  return found;
}
