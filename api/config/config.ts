import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { z } from 'zod/v4';
import type { BackupLocation } from './backupLocation.ts';
import { lowerAscii } from '../lowerAscii.ts';
import {
  environment,
  parsed,
  whatIsSet,
  type Environment,
  type ServiceAccount,
  type ServiceKey,
} from './variables.ts';

/** All settings of the API, read once at the start from the environment. */
export interface Config {
  readonly production: boolean;
  readonly port: number;
  /** Loopback in development; every interface in production, behind a proxy. */
  readonly host: string;
  /** How long a stopping instance still takes connections, while load balancers learn of it. */
  readonly stopDelayMs: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly databaseUrl: string;
  /** JWT_SECRET, made a key once: jsonwebtoken tries a string as a public key first, on each call. */
  readonly jwtKey: KeyObject;
  /** A to Z in lower case. */
  readonly adminEmails: readonly string[];
  /** Whether a first-time user needs an invite. */
  readonly needsInvite: boolean;
  readonly google: {
    readonly clientId: string;
    readonly hostedDomain: string | null;
    /** What the sign-in by authorization code needs. Null: people sign in with ID tokens only. */
    readonly codeSignIn: CodeSignIn | null;
    readonly serviceAccount: ServiceAccount;
    readonly spreadsheetId: string;
    readonly tab: string;
    /** The address of a stand-in, without a slash at its end. Null: the API uses the real Google. */
    readonly rootUrl: string | null;
  };
  readonly n8n: {
    readonly origins: readonly string[];
    readonly secretsTo: readonly [string, ...string[]];
    readonly secretsFrom: readonly [string, ...string[]];
  };
  readonly serviceKeys: readonly ServiceKey[];
  readonly rateLimits: RateLimits;
  /** Open jobs of one person; 0: any number. */
  readonly openJobsPerUser: number;
  /** The lag of the event loop above which the API refuses requests; 0: it refuses none. */
  readonly overloadLagMs: number;
  /** The API believes X-Forwarded-For from these proxies: a number of hops, or IP addresses. */
  readonly trustProxy: number | readonly string[];
  /** Null: each instance keeps its own counts. */
  readonly redis: RedisPlace | null;
  /** Null: no backups are made. */
  readonly backup: BackupPlace | null;
  /** The SHA-256 of METRICS_TOKEN. Null: only this machine may read `/metrics`. */
  readonly metricsTokenHash: Buffer | null;
  /** Where spans are posted to (OTLP/HTTP). Null: nobody records them. */
  readonly tracesUrl: string | null;
  readonly retention: Retention;
}

/** How many days housekeeping keeps a row that is not needed any more. */
export interface Retention {
  readonly idempotencyKeyDays: number;
  readonly deliveryDays: number;
  /** After the session has ended. */
  readonly sessionDays: number;
  /** After the plan was settled; null: for ever. */
  readonly sheetPlanDays: number | null;
  /** Null: for ever. */
  readonly historyDays: number | null;
}

/** Requests a minute; 0: any number. */
export interface RateLimits {
  /** Of one signed-in person. */
  readonly user: number;
  /** Of one service key. */
  readonly service: number;
  /** Of one IP address, without a sign-in. */
  readonly address: number;
  /** Of one IP address, sign-ins and refreshes that fail. */
  readonly signIn: number;
}

export interface RedisPlace {
  readonly url: string;
  /** Every key begins with it. */
  readonly prefix: string;
}

export interface CodeSignIn {
  readonly clientSecret: string;
  /** The addresses to which Google sends people back. */
  readonly redirectUris: readonly string[];
}

export interface BackupPlace {
  readonly location: BackupLocation;
  /** S3 by `host/bucket`: Amazon wants `bucket.host`, most servers of one's own the other. */
  readonly pathStyle: boolean;
}

/**
 * Reads the environment. A variable that is set to nothing counts as not set.
 *
 * @throws ConfigError that names every variable that is wrong, never its value
 */
export function readConfig(env: Environment): Config {
  const set = whatIsSet(env);
  const production = set['NODE_ENV'] === 'production';
  const is = parsed(environment(production, set), set);
  return {
    production,
    port: is.PORT,
    host: production ? '0.0.0.0' : '127.0.0.1',
    stopDelayMs: is.STOP_DELAY * 1_000,
    logLevel: is.LOG_LEVEL,
    databaseUrl: is.DATABASE_URL,
    jwtKey: createSecretKey(is.JWT_SECRET, 'utf8'),
    adminEmails: is.ADMIN_EMAILS,
    needsInvite: is.SIGN_IN === 'invited',
    google: {
      clientId: is.GOOGLE_CLIENT_ID,
      hostedDomain:
        is.GOOGLE_HOSTED_DOMAIN === undefined ? null : lowerAscii(is.GOOGLE_HOSTED_DOMAIN),
      codeSignIn:
        is.GOOGLE_CLIENT_SECRET === undefined || is.GOOGLE_REDIRECT_URIS === undefined
          ? null
          : { clientSecret: is.GOOGLE_CLIENT_SECRET, redirectUris: is.GOOGLE_REDIRECT_URIS },
      serviceAccount: is.GOOGLE_SERVICE_ACCOUNT_JSON,
      spreadsheetId: is.GOOGLE_SHEETS_SPREADSHEET_ID,
      tab: is.GOOGLE_SHEETS_TAB,
      rootUrl: is.GOOGLE_ROOT_URL?.replace(/(?<!\/)\/+$/, '') ?? null,
    },
    n8n: {
      origins: is.N8N_ORIGINS,
      secretsTo: is.WEBHOOK_SECRETS_TO_N8N,
      secretsFrom: is.WEBHOOK_SECRETS_FROM_N8N,
    },
    serviceKeys: is.SERVICE_KEYS,
    rateLimits: {
      user: is.RATE_LIMIT_USER,
      service: is.RATE_LIMIT_SERVICE,
      address: is.RATE_LIMIT_ADDRESS,
      signIn: is.RATE_LIMIT_SIGN_IN,
    },
    openJobsPerUser: is.OPEN_JOBS_PER_USER,
    overloadLagMs: is.OVERLOAD_LAG_MS,
    trustProxy: is.TRUST_PROXY,
    redis: is.REDIS_URL === undefined ? null : { url: is.REDIS_URL, prefix: is.REDIS_PREFIX },
    backup:
      is.BACKUP_URL === undefined ? null : { location: is.BACKUP_URL, pathStyle: isPathStyle(env) },
    metricsTokenHash:
      is.METRICS_TOKEN === undefined
        ? null
        : createHash('sha256').update(is.METRICS_TOKEN).digest(),
    tracesUrl:
      is.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? null
        : `${is.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/(?<!\/)\/+$/, '')}/v1/traces`,
    retention: {
      idempotencyKeyDays: is.RETENTION_IDEMPOTENCY_KEYS_DAYS,
      deliveryDays: is.RETENTION_DELIVERIES_DAYS,
      sessionDays: is.RETENTION_SESSIONS_DAYS,
      sheetPlanDays: is.RETENTION_SHEET_PLANS_DAYS || null,
      historyDays: is.RETENTION_HISTORY_DAYS || null,
    },
  };
}

/**
 * Reads the variables that `npm run catalog:backup` needs.
 *
 * @throws ConfigError
 */
export function readBackupConfig(env: Environment): {
  databaseUrl: string;
  backup: BackupPlace;
  catalog: { spreadsheetId: string; tab: string };
} {
  const { shape } = environment(false);
  const is = parsed(
    z.object({
      DATABASE_URL: shape.DATABASE_URL,
      BACKUP_URL: shape.BACKUP_URL.unwrap(),
      GOOGLE_SHEETS_SPREADSHEET_ID: shape.GOOGLE_SHEETS_SPREADSHEET_ID,
      GOOGLE_SHEETS_TAB: shape.GOOGLE_SHEETS_TAB,
    }),
    whatIsSet(env),
  );
  return {
    databaseUrl: is.DATABASE_URL,
    backup: { location: is.BACKUP_URL, pathStyle: isPathStyle(env) },
    catalog: { spreadsheetId: is.GOOGLE_SHEETS_SPREADSHEET_ID, tab: is.GOOGLE_SHEETS_TAB },
  };
}

/**
 * All that `npm run catalog:restore` needs of the environment, but for S3's own.
 *
 * @throws ConfigError
 */
export function readDatabaseUrl(env: Environment): string {
  const { DATABASE_URL } = environment(false).shape;
  return parsed(z.object({ DATABASE_URL }), whatIsSet(env)).DATABASE_URL;
}

/** The settings that reach the sheet, without those of the API. */
export type SheetConfig = Pick<
  Config['google'],
  'serviceAccount' | 'spreadsheetId' | 'tab' | 'rootUrl'
>;

/**
 * All that `npm run sheet:prepare` needs of the environment.
 *
 * @throws ConfigError
 */
export function readSheetConfig(env: Environment): SheetConfig {
  const set = whatIsSet(env);
  const { shape } = environment(set['NODE_ENV'] === 'production');
  const is = parsed(
    z.object({
      GOOGLE_SERVICE_ACCOUNT_JSON: shape.GOOGLE_SERVICE_ACCOUNT_JSON,
      GOOGLE_SHEETS_SPREADSHEET_ID: shape.GOOGLE_SHEETS_SPREADSHEET_ID,
      GOOGLE_SHEETS_TAB: shape.GOOGLE_SHEETS_TAB,
      GOOGLE_ROOT_URL: shape.GOOGLE_ROOT_URL,
    }),
    set,
  );
  return {
    serviceAccount: is.GOOGLE_SERVICE_ACCOUNT_JSON,
    spreadsheetId: is.GOOGLE_SHEETS_SPREADSHEET_ID,
    tab: is.GOOGLE_SHEETS_TAB,
    rootUrl: is.GOOGLE_ROOT_URL?.replace(/(?<!\/)\/+$/, '') ?? null,
  };
}

/** Whether the AWS SDK's environment names a server other than Amazon's. */
export function isPathStyle(env: Environment): boolean {
  return ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'].some((name) => Boolean(env[name]?.trim()));
}
