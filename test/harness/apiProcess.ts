import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { z } from 'zod/v4';
import type { Config } from '../../api/config/config.ts';
import { JWT_SECRET, until } from './portal.ts';

/** The API as an operator runs it: `node api/main.ts`, a process of its own. */
export interface ApiProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** The log that it has written so far. */
  log(): string;
  /** Sends a signal and waits for the end. @returns the exit code; null: killed by a signal */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** The environment of a process with this configuration, on a free port. */
export function environmentOf(config: Config): Record<string, string> {
  const { google, n8n, rateLimits } = config;
  return {
    PORT: '0',
    STOP_DELAY: String(config.stopDelayMs / 1_000),
    DATABASE_URL: config.databaseUrl,
    JWT_SECRET,
    GOOGLE_CLIENT_ID: google.clientId,
    GOOGLE_SERVICE_ACCOUNT_JSON: JSON.stringify(google.serviceAccount),
    GOOGLE_SHEETS_SPREADSHEET_ID: google.spreadsheetId,
    GOOGLE_SHEETS_TAB: google.tab,
    GOOGLE_ROOT_URL: google.rootUrl ?? 'http://127.0.0.1:1',
    N8N_ORIGINS: n8n.origins.join(','),
    WEBHOOK_SECRETS_TO_N8N: n8n.secretsTo.join(','),
    WEBHOOK_SECRETS_FROM_N8N: n8n.secretsFrom.join(','),
    RATE_LIMIT_USER: String(rateLimits.user),
    RATE_LIMIT_SERVICE: String(rateLimits.service),
    RATE_LIMIT_ADDRESS: String(rateLimits.address),
    RATE_LIMIT_SIGN_IN: String(rateLimits.signIn),
    OPEN_JOBS_PER_USER: String(config.openJobsPerUser),
    OVERLOAD_LAG_MS: String(config.overloadLagMs),
    SERVICE_KEYS: config.serviceKeys.map(({ name, sha256 }) => `${name}:${sha256}`).join(','),
    ...(config.redis === null
      ? {}
      : { REDIS_URL: config.redis.url, REDIS_PREFIX: config.redis.prefix }),
  };
}

const endedSchema = z.tuple([z.number().nullable()]).rest(z.unknown());

/**
 * Starts one and waits until it listens.
 *
 * @param project the folder of the version to start
 * @throws Error if it ends before it listens
 */
export async function startApiProcess(config: Config, project = '.'): Promise<ApiProcess> {
  const api = spawnApi(config, ['ignore', 'pipe', 'inherit'], {}, project);
  let out = '';
  api.child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  const line = await until(() => {
    if (api.child.exitCode !== null) throw new Error(`The API has ended:\n${out.slice(-2_000)}`);
    return out.split('\n').find((text) => text.includes('"url"'));
  });
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(line));
  return { ...api, url, log: () => out };
}

/** Starts one whose output goes where the test says. It may not be ready yet. */
export function spawnApi(
  config: Config,
  stdio: StdioOptions,
  more: Record<string, string> = {},
  project = '.',
): Pick<ApiProcess, 'child' | 'end'> {
  const env = { ...environmentOf(config), ...more };
  const child = spawn(process.execPath, [resolve(project, 'api/main.ts')], { stdio, env });
  return {
    child,
    async end(signal) {
      const exit = once(child, 'exit');
      child.kill(signal);
      return endedSchema.parse(await exit)[0];
    },
  };
}
