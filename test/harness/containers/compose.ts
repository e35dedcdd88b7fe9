import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod/v4';

const dependencySchema = z.strictObject({
  condition: z.enum(['service_healthy', 'service_completed_successfully']),
});

const healthcheckSchema = z.union([
  z.strictObject({ disable: z.literal(true) }),
  z.strictObject({
    test: z.array(z.string()).min(2),
    interval: z.string(),
    timeout: z.string(),
    retries: z.number(),
    start_period: z.string(),
  }),
]);

/** A service as the file may have it: strict, so that a misspelt key is found. */
const serviceSchema = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.literal('.'), dockerfile: z.string() }).optional(),
  profiles: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  user: z.string(),
  environment: z.record(z.string(), z.string().nullable()),
  volumes: z.array(z.string()).optional(),
  tmpfs: z.array(z.string()),
  networks: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), dependencySchema).optional(),
  healthcheck: healthcheckSchema,
  restart: z.string(),
  init: z.boolean(),
  read_only: z.boolean(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  pids_limit: z.number(),
  shm_size: z.string().optional(),
  stop_signal: z.string(),
  stop_grace_period: z.string(),
  logging: z.strictObject({
    driver: z.literal('json-file'),
    options: z.strictObject({ 'max-size': z.string(), 'max-file': z.string() }),
  }),
});
export type Service = z.infer<typeof serviceSchema>;

const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })),
  volumes: z.record(z.string(), z.strictObject({})),
});
export type Compose = z.infer<typeof composeSchema>;

/** docker-compose.yml, with its anchors resolved. */
export function readCompose(): Compose {
  return composeSchema.parse(parse(composeText(), { merge: true }));
}

export function composeText(): string {
  return readFileSync('docker-compose.yml', 'utf8');
}

/** A variable of the environment as the file names it: `${NAME:?text}` or `${NAME:-default}`. */
export interface Reference {
  readonly name: string;
  readonly isRequired: boolean;
  /** The text of an error, or the default. */
  readonly text: string;
}

/** All variables that the file takes from the environment. */
export function referencesIn(text: string): Reference[] {
  const found = text.matchAll(
    /(?<!\$)\$(?:\{(?<name>\w+)(?::(?<kind>[?-])(?<text>[^}]*))?\}|\w+)/g,
  );
  return [...found].map(({ 0: whole, groups }) => {
    const name = groups?.['name'];
    if (name === undefined) throw new Error(`Write ${whole} as \${NAME:?…} or \${NAME:-…}.`);
    return { name, isRequired: groups?.['kind'] === '?', text: groups?.['text'] ?? '' };
  });
}
