import { join } from 'node:path';
import { runN8n, type N8n } from '../n8n/index.ts';
import { runPostgres, useServer, type Postgres } from '../postgres/index.ts';
import type { Part } from '../process/part.ts';
import type { Parts } from '../process/parts.ts';
import { choosePorts } from '../process/ports.ts';
import { runApi } from './api.ts';
import { realGoogle, runStandIn, type Google } from './google.ts';
import { n8nCredentials } from './n8nCredentials.ts';
import type { StackOptions } from './options.ts';
import { isTriggerRegistered } from './registration.ts';
import { keptSecrets, type Secrets } from './secrets.ts';
import type { StackFacts } from './stackFile.ts';

/** The processes of a stack: `postgres` and `google` only where they are ours. */
export interface RunningParts {
  readonly parts: {
    readonly postgres: Part | undefined;
    readonly google: Part | undefined;
    readonly api: Part;
    readonly n8n: Part;
  };
  readonly n8n: N8n;
}

interface Ground {
  readonly options: StackOptions;
  readonly parts: Parts;
  readonly ports: Readonly<Record<keyof typeof USUAL_PORTS, number>>;
  readonly urls: { readonly api: string; readonly n8n: string };
  readonly secrets: Secrets;
  readonly adminEmails: string;
}

const USUAL_PORTS = { postgres: 54320, google: 4010, api: 3001, n8n: 5678, n8nBroker: 5679 };
const ANY_PORTS = { postgres: 0, google: 0, api: 0, n8n: 0, n8nBroker: 0 };

/** Starts all parts, each as soon as those it needs are ready. */
export async function startParts(
  options: StackOptions,
  parts: Parts,
): Promise<RunningParts & { facts: StackFacts }> {
  const ground = await prepare(options, parts);
  const { progress } = options;
  const postgres = startPostgres(ground);
  const google = startGoogle(ground);
  const below = Promise.all([postgres, google]);
  const api = below.then(([database, found]) => startApi(ground, database, found));
  const n8n = below.then(([database, found]) => startN8n(ground, database, found));
  const [database, found, apiPart, running] = await Promise.all([postgres, google, api, n8n]);
  await progress.during(
    'Workflows',
    () => running.publish(() => isTriggerRegistered(ground.urls, ground.secrets.serviceKey)),
    () => 'published, and their trigger is registered at the API',
  );
  return {
    facts: factsOf(ground, database, found),
    parts: { postgres: database.part, google: found.part, api: apiPart, n8n: running.part },
    n8n: running,
  };
}

async function prepare(options: StackOptions, parts: Parts): Promise<Ground> {
  const { state, own, progress } = options;
  const reaped = await parts.record.reap();
  if (reaped.length > 0) progress.note(`Ended what a killed run had left: ${reaped.join(', ')}`);
  const usual = options.ports === 'any' ? ANY_PORTS : USUAL_PORTS;
  const ports = await choosePorts(join(state, 'ports.json'), usual);
  return {
    options,
    parts,
    ports,
    urls: { api: `http://127.0.0.1:${ports.api}`, n8n: `http://127.0.0.1:${ports.n8n}` },
    secrets: await keptSecrets(state),
    adminEmails: own['ADMIN_EMAILS'] ?? 'admin@sekolah.sch.id',
  };
}

async function startPostgres({ options, parts, ports, secrets }: Ground): Promise<Postgres> {
  const { project, state, own, progress, signal } = options;
  const databaseUrl = own['DATABASE_URL'] ?? '';
  const password = secrets.postgresPassword;
  const postgres = await progress.during(
    'PostgreSQL',
    () =>
      databaseUrl === ''
        ? runPostgres({ project, state, port: ports.postgres, password, parts, signal })
        : useServer(databaseUrl, signal),
    ({ description }) => description,
  );
  if (postgres.warning !== undefined) progress.note(postgres.warning);
  return postgres;
}

async function startGoogle({ options, parts, ports, secrets }: Ground): Promise<Google> {
  const { project, state, own, node, progress } = options;
  const real = realGoogle(own);
  if (real !== undefined) {
    progress.note(`The real Google: ${real.sheetUrl}`);
    return real;
  }
  const { geminiKey } = secrets;
  return progress.during(
    'Google stand-in',
    () => runStandIn({ project, state, own, node, port: ports.google, geminiKey, parts }),
    ({ rootUrl = '' }) => rootUrl,
  );
}

function startApi(ground: Ground, { databases }: Postgres, google: Google): Promise<Part> {
  const { options, parts, ports, urls, secrets, adminEmails } = ground;
  const { project, own, node, progress, apiEntry } = options;
  return progress.during(
    'API',
    () =>
      runApi({
        project,
        own,
        node,
        parts,
        google,
        secrets,
        adminEmails,
        entry: apiEntry ?? join(project, 'api', 'main.ts'),
        port: ports.api,
        databaseUrl: databases.materi,
        n8nOrigin: urls.n8n,
      }),
    () => urls.api,
  );
}

function startN8n(ground: Ground, { databases }: Postgres, google: Google): Promise<N8n> {
  const { options, parts, ports, urls, secrets } = ground;
  const { project, state, own, node, progress, signal } = options;
  return progress.during(
    'n8n',
    () =>
      runN8n({
        project,
        own,
        node,
        parts,
        signal,
        settings: {
          userFolder: join(state, 'n8n'),
          port: ports.n8n,
          brokerPort: ports.n8nBroker,
          databaseUrl: databases.n8n,
          encryptionKey: secrets.n8nEncryptionKey,
          owner: { email: designer(ground), passwordHash: secrets.n8nPasswordHash },
        },
        password: secrets.n8nPassword,
        credentials: n8nCredentials(urls.api, secrets, google),
      }),
    () => urls.n8n,
  );
}

function factsOf(ground: Ground, { databases }: Postgres, google: Google): StackFacts {
  const { urls, secrets } = ground;
  return {
    api: urls.api,
    n8n: { url: urls.n8n, email: designer(ground), password: secrets.n8nPassword },
    google: google.rootUrl === undefined ? null : { url: google.rootUrl },
    sheet: { url: google.sheetUrl, spreadsheetId: google.spreadsheetId },
    databaseUrl: databases.materi,
    people: [...google.people],
    webhookSecrets: { toN8n: secrets.toN8n, fromN8n: secrets.fromN8n },
    serviceKey: secrets.serviceKey,
  };
}

/** n8n's owner: the first admin. */
function designer({ adminEmails }: Ground): string {
  return adminEmails.split(',')[0]?.trim() ?? '';
}
