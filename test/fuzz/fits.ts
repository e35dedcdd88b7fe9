import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Document, Schema } from './document.ts';

interface Check {
  (value: unknown): boolean;
  errors?: ReadonlyArray<{ instancePath: string; message?: string }> | null;
}
interface Ajv {
  addSchema(schema: unknown, id: string): void;
  compile(schema: unknown): Check;
}
type AjvClass = new (options: object) => Ajv;

/** The JSON Schema validator that the OpenAPI validator brings along. The root has an older one. */
function loadAjv(): AjvClass {
  const owner = resolve('node_modules/@seriousme/openapi-schema-validator/package.json');
  return (createRequire(owner)('ajv/dist/2020.js') as { Ajv2020: AjvClass }).Ajv2020;
}

const FORMATS = {
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  uri: (text: string) => URL.canParse(text),
};

export type Fits = (schema: Schema, value: unknown) => string | null;

/**
 * Compares values with schemas of a document, by JSON Schema 2020-12.
 *
 * @returns null if the value fits, else where it does not
 */
export function schemaCheck({ schemas }: Document): Fits {
  const ajv = new (loadAjv())({ strict: false, formats: FORMATS });
  ajv.addSchema({ components: { schemas } }, 'document');
  const checks = new Map<string, Check>();
  return (schema, value) => {
    const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/');
    const check = checks.get(text) ?? ajv.compile(JSON.parse(text));
    checks.set(text, check);
    if (check(value)) return null;
    return (check.errors ?? []).map((one) => `${one.instancePath} ${one.message}`).join('; ');
  };
}
