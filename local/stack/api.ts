import { createHash } from 'node:crypto';
import { partEnvironment } from '../process/environment.ts';
import type { Part } from '../process/part.ts';
import type { Parts } from '../process/parts.ts';
import type { Google } from './google.ts';
import type { Secrets } from './secrets.ts';

/** The options of the API. */
export interface ApiOptions {
  readonly entry: string;
  readonly project: string;
  readonly node: string;
  readonly own: NodeJS.ProcessEnv;
  readonly port: number;
  readonly databaseUrl: string;
  readonly n8nOrigin: string;
  readonly adminEmails: string;
  readonly google: Google;
  readonly secrets: Secrets;
  readonly parts: Parts;
}

/** Runs the API and waits until it is ready: PostgreSQL reached, migrations done. */
export async function runApi(options: ApiOptions): Promise<Part> {
  const { entry, project, node, own, port, parts } = options;
  return parts.start({
    name: 'API',
    command: node,
    args: [entry],
    cwd: project,
    env: partEnvironment(own, {
      ...backupEnvironment(own),
      ...signInEnvironment(own),
      ...apiEnvironment(options),
    }),
    stopSignal: 'SIGTERM',
    stopWithin: 22_000,
    readyWithin: 60_000,
    isReady: async (signal) => (await fetch(`http://127.0.0.1:${port}/readyz`, { signal })).ok,
  });
}

/** The person that runs the stack sets these variables: they say which people may sign in. */
function signInEnvironment(own: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['GOOGLE_CLIENT_SECRET', 'GOOGLE_REDIRECT_URIS', 'SIGN_IN'];
  return Object.fromEntries(
    names.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]])),
  );
}

/** Where backups go is the person's to say, with what the AWS SDK needs for S3. */
function backupEnvironment(own: NodeJS.ProcessEnv): Record<string, string> {
  const named = Object.entries(own).filter(([name]) => /^(BACKUP_URL$|AWS_)/.test(name));
  return Object.fromEntries(named.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

function apiEnvironment(options: ApiOptions): Record<string, string> {
  const { google, secrets } = options;
  const { rootUrl, hostedDomain } = google;
  return {
    PORT: String(options.port),
    DATABASE_URL: options.databaseUrl,
    JWT_SECRET: secrets.jwtSecret,
    ADMIN_EMAILS: options.adminEmails,
    GOOGLE_CLIENT_ID: google.clientId,
    GOOGLE_SERVICE_ACCOUNT_JSON: google.serviceAccountJson,
    GOOGLE_SHEETS_SPREADSHEET_ID: google.spreadsheetId,
    GOOGLE_SHEETS_TAB: google.tab,
    N8N_ORIGINS: options.n8nOrigin,
    WEBHOOK_SECRETS_TO_N8N: secrets.toN8n,
    WEBHOOK_SECRETS_FROM_N8N: secrets.fromN8n,
    SERVICE_KEYS: `n8n:${createHash('sha256').update(secrets.serviceKey).digest('hex')}`,
    // A benchmark asks every 5 ms, and all parts share one machine, so that each is late now and then.
    RATE_LIMIT_USER: '0',
    OPEN_JOBS_PER_USER: '0',
    OVERLOAD_LAG_MS: '0',
    ...(rootUrl === undefined ? {} : { GOOGLE_ROOT_URL: rootUrl }),
    ...(hostedDomain === undefined ? {} : { GOOGLE_HOSTED_DOMAIN: hostedDomain }),
  };
}
