import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environment } from '../../api/config/variables.ts';
import { composeText, readCompose, referencesIn } from '../harness/containers/compose.ts';

const example = readFileSync('.env.example', 'utf8');
const compose = readCompose();
const references = referencesIn(composeText().replace(/^ *#.*$/gm, ''));
const required = references.filter(({ isRequired }) => isRequired);
const optional = references.filter(({ isRequired }) => !isRequired);

/** Names that Compose passes on from the environment, without a value in the file. */
const passedOn = Object.values(compose.services).flatMap((service) =>
  Object.entries(service.environment).flatMap(([name, value]) => (value === null ? [name] : [])),
);

const unique = (names: readonly string[]) => [...new Set(names)].sort();
const lines = (pattern: RegExp) =>
  [...example.matchAll(pattern)].map(({ 1: name = '', 2: value = '' }) => ({ name, value }));
const filledIn = lines(/^([A-Z]\w*)=(.*)$/gm);
const commentedOut = lines(/^#([A-Z]\w*)=(.*)$/gm);

/** Parts of names that hold a secret, and the addresses that contain one. */
const SECRET = /PASSWORD|SECRET|_KEY|KEYS|SERVICE_ACCOUNT_JSON/;

describe('.env.example', () => {
  it('has each variable that docker-compose.yml requires, and no other, to be filled in', () => {
    expect(unique(filledIn.map(({ name }) => name))).toEqual(
      unique(required.map(({ name }) => name)),
    );
  });

  it('has each optional variable in a comment, and no other', () => {
    expect(unique(commentedOut.map(({ name }) => name))).toEqual(
      unique([...optional.map(({ name }) => name), ...passedOn]),
    );
  });

  it('has no value for a variable that must be filled in', () => {
    expect(filledIn.filter(({ value }) => value !== '')).toEqual([]);
  });

  it('shows the default of docker-compose.yml for each optional variable', () => {
    const defaults = new Map(optional.map(({ name, text }) => [name, text]));
    for (const { name, value } of commentedOut)
      expect([name, value]).toEqual([name, defaults.get(name) ?? '']);
  });

  it('says how to make each random secret', () => {
    for (const { name } of filledIn.filter((one) => SECRET.test(one.name))) {
      const comment =
        example
          .slice(0, example.indexOf(`\n${name}=`))
          .split('\n\n')
          .at(-1) ?? '';
      expect([name, comment]).toEqual([name, expect.stringMatching(/openssl rand|jq -c|same way/)]);
    }
  });
});

it('finds each variable of the API in docs/operations.md', () => {
  const operations = readFileSync('docs/operations.md', 'utf8');
  const names = Object.keys(environment(true).shape);
  expect(names.filter((name) => !operations.includes(`\`${name}\``))).toEqual([]);
});

describe('the environment in docker-compose.yml', () => {
  it('has no default for a secret', () => {
    expect(optional.filter(({ name }) => SECRET.test(name))).toEqual([]);
    for (const [service, { environment: variables }] of Object.entries(compose.services)) {
      for (const [name, value] of Object.entries(variables)) {
        if (value === null || !SECRET.test(name)) continue;
        expect([service, name, value]).toEqual([
          service,
          name,
          expect.stringMatching(/^\$\{\w+:\?/),
        ]);
      }
    }
  });

  it('says of each required variable what it is, with the same text everywhere', () => {
    const texts = new Map(required.map(({ name, text }) => [name, text]));
    for (const { name, text } of required) {
      expect(text.length).toBeGreaterThan(20);
      expect([name, text]).toEqual([name, texts.get(name)]);
    }
  });

  it('gives the API each variable that it reads, and no other', () => {
    const given = Object.keys(compose.services['api']?.environment ?? {});
    const { shape } = environment(true);
    // The SDKs of AWS and of OpenTelemetry read their own variables.
    const isOfSdk = (name: string) => !(name in shape) && /^(?:AWS|OTEL)_/.test(name);
    // Production refuses a stand-in, and no other portal uses this Redis.
    const left = ['GOOGLE_ROOT_URL', 'REDIS_PREFIX'];
    expect(unique([...given.filter((name) => !isOfSdk(name)), ...left])).toEqual(
      Object.keys(shape).sort(),
    );
  });

  it('is accepted by the API when the secrets are made as .env.example says', () => {
    const hex = 'ab'.repeat(32);
    const made: Record<string, string> = {
      API_DATABASE_PASSWORD: hex,
      REDIS_PASSWORD: hex,
      JWT_SECRET: Buffer.alloc(48, 1).toString('base64'),
      GOOGLE_CLIENT_ID: 'id.apps.googleusercontent.com',
      GOOGLE_HOSTED_DOMAIN: 'sekolah.sch.id',
      GOOGLE_SERVICE_ACCOUNT_JSON: '{"client_email":"a@b","private_key":"-----BEGIN"}',
      GOOGLE_SHEETS_SPREADSHEET_ID: 'id',
      GOOGLE_SHEETS_TAB: 'Katalog 2026',
      WEBHOOK_SECRETS_TO_N8N: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
      WEBHOOK_SECRETS_FROM_N8N: `whsec_${Buffer.alloc(32, 2).toString('base64')}`,
      SERVICE_KEYS: `n8n:${hex}`,
    };
    const filled = Object.entries(compose.services['api']?.environment ?? {}).map(
      ([name, value]) => [
        name,
        // A name without a value is passed on.
        value === null
          ? made[name]
          : value.replace(
              /\$\{(\w+):([?-])([^}]*)\}/g,
              (_, variable: string, kind: string, text: string) =>
                kind === '-' ? text : (made[variable] ?? ''),
            ),
      ],
    );
    const set: unknown = Object.fromEntries(filled.filter(([, value]) => value));
    expect(environment(true).safeParse(set).error?.issues ?? []).toEqual([]);
  });
});
