import { STATUS_CODES } from 'node:http';
import { z, type core } from 'zod/v4';
import { problemSchema } from './problem.ts';
import { PROBLEMS, problemType } from './problems.ts';
import { API_PROBLEMS, problemsOf, REQUEST_HEADERS, type Declaration } from './route.ts';

type Schema = core.$ZodType;
type Json = Readonly<Record<string, unknown>>;

const CALLERS = {
  anyone: [],
  signedIn: [{ bearer: [] }],
  n8n: [{ signature: [] }],
  operator: [{ operator: [] }],
} as const;

/**
 * The OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.1) of some routes. A schema with an `id` in zod's
 * registry becomes a component of that name.
 *
 * @param mounted the routes by the address where they are mounted, such as `/api`
 */
export function openApi(mounted: Readonly<Record<string, readonly Declaration[]>>): Json {
  const components = new Components();
  const paths: Record<string, Record<string, Json>> = {};
  for (const [prefix, routes] of Object.entries(mounted)) {
    for (const route of routes) {
      const path = `${prefix}${route.path}`.replace(/:(\w+)/g, '{$1}');
      paths[path] = {
        ...paths[path],
        [route.method.toLowerCase()]: operation(route, prefix, components),
      };
    }
  }
  const problem = components.schemaOf(problemSchema, 'output');
  return {
    openapi: '3.1.1',
    info: {
      title: 'Digital Materi Portal',
      version: '1',
      summary: 'Learning materials, their analyses, and the sync with the Google Sheet.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components.schemas,
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([code, { title, advice }]) => [
          code,
          {
            description: `${title}. ${advice} Its type is ${problemType(code)}.`,
            content: { 'application/problem+json': { schema: problem } },
          },
        ]),
      ),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token of a person, or a service key of n8n.',
        },
        operator: {
          type: 'http',
          scheme: 'bearer',
          description:
            'METRICS_TOKEN. Without that variable, only programs on the same machine may ask.',
        },
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'webhook-signature',
          description:
            'Standard Webhooks: an HMAC-SHA256 over webhook-id, webhook-timestamp and the body.',
        },
      },
    },
  };
}

function operation(route: Declaration, prefix: string, components: Components): Json {
  const { name, summary, path, caller, params, query, body, headers = [], responses } = route;
  const { produces = 'application/json', alsoProduces = {}, consumes } = route;
  const otherForms = Object.entries(alsoProduces).map(([type, schema]): [string, Json] => [
    type,
    { schema: components.schemaOf(schema, 'output') },
  ]);
  const answered = Object.entries(responses).map(([status, schema]): [string, Described] => {
    const description = STATUS_CODES[status] ?? '';
    if (schema === null) return [status, { description }];
    const { content } = json(components.schemaOf(schema, 'output'), produces);
    return [status, { description, content: { ...content, ...Object.fromEntries(otherForms) } }];
  });
  return {
    operationId: name,
    summary,
    tags: [prefix === '' ? 'portal' : path.split('/')[1]],
    security: CALLERS[caller],
    parameters: [
      ...components.parametersOf(params, 'path'),
      ...components.parametersOf(query, 'query'),
      ...headers.map((header) => ({
        name: header,
        in: 'header',
        ...REQUEST_HEADERS[header],
        schema: { type: 'string' },
      })),
    ],
    ...(body && {
      requestBody: { required: true, ...json(components.schemaOf(body, 'input'), consumes) },
    }),
    responses: {
      ...Object.fromEntries(answered),
      ...problemResponses(route, prefix, Object.fromEntries(answered)),
    },
  };
}

function json(schema: Json, mediaType = 'application/json') {
  return { content: { [mediaType]: { schema } } };
}

interface Described {
  readonly description: string;
  readonly content?: Json;
}

/**
 * The responses of a route's problems. OpenAPI has one answer for each status. So this answer names all
 * problems of the status, and the route's own body with that status.
 */
function problemResponses(
  route: Declaration,
  prefix: string,
  answered: Readonly<Record<string, Described>>,
): Record<string, Json> {
  const problems = [...problemsOf(route), ...(prefix === '/api' ? API_PROBLEMS : [])];
  const byStatus = Map.groupBy(problems, (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]): [string, Json] => {
      const [first, ...others] = codes.map((code) => `#/components/responses/${code}`);
      const own = answered[status];
      if (others.length === 0 && own === undefined) return [String(status), { $ref: first }];
      const description = codes.map((code) => `${PROBLEMS[code].title}.`).join(' ');
      const schema = { $ref: '#/components/schemas/Problem' };
      const content = { ...own?.content, 'application/problem+json': { schema } };
      return [String(status), { description, content }];
    }),
  );
}

/** Collects the named schemas of a document. */
class Components {
  readonly schemas: Record<string, unknown> = {};

  /** The JSON Schema of a body, with references to named schemas. */
  schemaOf(schema: Schema, io: 'input' | 'output'): Json {
    const whole = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        // A format says the same as zod's pattern, which is long.
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        delete jsonSchema.readOnly;
      },
    });
    const text = JSON.stringify(whole).replaceAll('"#/$defs/', '"#/components/schemas/');
    const { $defs = {}, ...own } = JSON.parse(text) as {
      $defs?: Record<string, Json>;
      id?: string;
    };
    for (const [name, one] of Object.entries($defs)) this.schemas[name] = plain(one);
    if (own.id === undefined) return plain(own);
    this.schemas[own.id] = plain(own);
    return { $ref: `#/components/schemas/${own.id}` };
  }

  parametersOf(schema: Schema | undefined, place: 'path' | 'query'): Json[] {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = this.schemaOf(schema, 'input') as {
      properties?: Record<string, Json>;
      required?: readonly string[];
    };
    return Object.entries(properties).map(([name, { description, ...one }]): Json => ({
      name,
      in: place,
      required: required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: one,
    }));
  }
}

/** A schema without its name and its dialect, which the document says. */
function plain(schema: Json): Json {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => key !== 'id' && key !== '$schema'),
  );
}
