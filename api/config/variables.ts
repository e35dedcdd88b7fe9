import { z } from 'zod/v4';
import { lowerAscii } from '../lowerAscii.ts';
import { LOCATION_FORM, parseLocation } from './backupLocation.ts';
import { isProxyAddress } from './proxyAddress.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A wrong environment: one line for each variable that is wrong, with what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The environment is not right:\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

export interface ServiceKey {
  readonly name: string;
  /** SHA-256 of the key, in hex. Only the service has the key itself. */
  readonly sha256: string;
}

const serviceAccountSchema = z.looseObject({
  client_email: z.string().min(1),
  private_key: z.string().startsWith('-----BEGIN'),
});

export type ServiceAccount = z.infer<typeof serviceAccountSchema>;

/** Ten years. */
const MOST_DAYS = 3_650;

const given = (what: string) => z.string({ error: `is not set. Set it to ${what}.` });

const listed = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function url(what: string, ...protocols: string[]) {
  return given(what).refine(
    (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
    `is not a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}. Set it to ${what}.`,
  );
}

function secrets(who: string) {
  const what = `whsec_<base64 of 24 to 64 bytes>, several separated by commas: the first signs ${who}, all verify`;
  const secret = z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, `has an entry that is not of the form ${what}.`)
    .refine((text) => {
      const { length } = Buffer.from(text.slice('whsec_'.length), 'base64');
      return length >= 24 && length <= 64;
    }, 'has a secret that is not 24 to 64 bytes long. Make one with: openssl rand -base64 32');
  return given(what)
    .transform(listed)
    .pipe(z.tuple([secret], secret));
}

const originSchema = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text),
    'has an entry that is not an origin such as https://n8n.example.org, without a path.',
  );

const serviceKeySchema = z
  .string()
  .regex(
    /^[\w.-]+:[0-9a-f]{64}$/,
    'has an entry that is not of the form <name>:<SHA-256 of the key in hex>.',
  )
  .transform((text): ServiceKey => {
    const [name = '', sha256 = ''] = text.split(':');
    return { name, sha256 };
  });

const serviceAccountJsonSchema = given(
  'the JSON key of the service account that may edit the sheet',
)
  .transform((text, ctx) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      ctx.addIssue({
        code: 'custom',
        message: 'is not JSON. Set it to the key file’s whole text.',
      });
      return z.NEVER;
    }
  })
  .pipe(serviceAccountSchema);

/** @param standard used if the variable is not set */
const numberUpTo = (most: number, what: string, standard: number) =>
  z
    .string()
    .default(String(standard))
    .refine((text) => /^\d{1,7}$/.test(text) && Number(text) <= most, `is not ${what} (0-${most}).`)
    .transform(Number);

const requestsAMinute = (standard: number) =>
  numberUpTo(1_000_000, 'a number of requests a minute, or 0 for no limit', standard);

const PROXIES_MOST = 10;
const TRUST_PROXY_FORM = `the number of proxies in front of the API (0-${PROXIES_MOST}), or their IP addresses such as 10.0.0.0/8, separated by commas`;

/** Express also knows `true`: then every client could choose its own IP address. It is refused. */
const trustProxySchema = z
  .string()
  .default('0')
  .transform((text, ctx): number | readonly string[] => {
    if (/^\d{1,2}$/.test(text) && Number(text) <= PROXIES_MOST) return Number(text);
    const addresses = listed(text);
    if (addresses.length > 0 && addresses.every(isProxyAddress)) return addresses;
    ctx.addIssue({ code: 'custom', message: `is not ${TRUST_PROXY_FORM}.` });
    return z.NEVER;
  });

/** A number of days. */
function days(standard: number, least: number, mayKeep = false) {
  const isRight = (text: string) => {
    const number = Number(text);
    return (mayKeep && number === 0) || (number >= least && number <= MOST_DAYS);
  };
  return z
    .string()
    .default(String(standard))
    .refine(
      (text) => /^\d{1,4}$/.test(text) && isRight(text),
      `is not a number of days (${least}-${MOST_DAYS}${mayKeep ? ', or 0: for ever' : ''}).`,
    )
    .transform(Number);
}

/**
 * An address to which Google sends people back. Google's console takes https, or http on this machine,
 * without a fragment.
 */
function redirectUri(production: boolean) {
  const isLocal = ({ protocol, hostname }: URL) =>
    !production && protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return z
    .string()
    .max(2_000)
    .refine((text) => {
      const address = URL.canParse(text) ? new URL(text) : null;
      return (
        address !== null &&
        !text.includes('#') &&
        (address.protocol === 'https:' || isLocal(address))
      );
    }, 'has an entry that is not an https:// address without a fragment. Copy the redirect URIs of the OAuth client.');
}

/**
 * The form of each variable. The schema also has the rules that depend on NODE_ENV or on another variable.
 * So one report has all errors.
 *
 * @param set the variables that are set
 */
export function environment(production: boolean, set: Environment = {}) {
  const isInvited = set['SIGN_IN'] === 'invited';
  const domain = given(
    'the Google Workspace domain whose people may sign in, or set SIGN_IN to invited',
  );
  const clientSecret = given('the secret of the OAuth client, or unset GOOGLE_REDIRECT_URIS');
  const redirectUris = given(
    'the addresses to which Google sends people back, separated by commas, or unset GOOGLE_CLIENT_SECRET',
  )
    .transform(listed)
    .pipe(z.array(redirectUri(production)).min(1, 'has no entry.'));
  return z.object({
    NODE_ENV: z.string().default('development'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'is none of fatal, error, warn, info, debug, trace, silent.',
      })
      .default('info'),
    PORT: z
      .string()
      .default('3001')
      .refine((text) => /^\d{1,5}$/.test(text) && Number(text) < 65_536, 'is not a port (0-65535).')
      .transform(Number),
    STOP_DELAY: z
      .string()
      .default(production ? '5' : '0')
      .refine((text) => /^\d{1,2}$/.test(text), 'is not a number of seconds (0-99).')
      .transform(Number),
    DATABASE_URL: url('postgres://user:password@host:5432/name', 'postgres:', 'postgresql:'),
    JWT_SECRET: given('at least 32 random characters').min(
      32,
      'is shorter than 32 characters. Make one with: openssl rand -base64 48',
    ),
    ADMIN_EMAILS: z
      .string()
      .default('')
      .transform((text) => listed(text).map(lowerAscii))
      .pipe(z.array(z.email({ error: 'has an entry that is not an e-mail address.' }))),
    GOOGLE_CLIENT_ID: given('the OAuth client id that the portal signs in with'),
    GOOGLE_CLIENT_SECRET:
      set['GOOGLE_REDIRECT_URIS'] === undefined ? clientSecret.optional() : clientSecret,
    GOOGLE_REDIRECT_URIS:
      set['GOOGLE_CLIENT_SECRET'] === undefined ? redirectUris.optional() : redirectUris,
    SIGN_IN: z
      .enum(['anyone', 'invited'], { error: 'is none of anyone, invited.' })
      .default('anyone'),
    GOOGLE_HOSTED_DOMAIN: production && !isInvited ? domain : domain.optional(),
    GOOGLE_SERVICE_ACCOUNT_JSON: serviceAccountJsonSchema,
    GOOGLE_SHEETS_SPREADSHEET_ID: given('the id in the sheet’s address, after /d/'),
    GOOGLE_SHEETS_TAB: given('the name of the tab that holds the catalog'),
    GOOGLE_ROOT_URL: production
      ? z
          .undefined({
            error: 'names a stand-in for Google, which production refuses. Unset it.',
          })
          .optional()
      : url('a stand-in’s base URL, or leave it unset', 'http:', 'https:').optional(),
    N8N_ORIGINS: given('the origins that n8n’s webhooks have, such as https://n8n.example.org')
      .transform(listed)
      .pipe(z.array(originSchema).min(1, 'has no entry.')),
    WEBHOOK_SECRETS_TO_N8N: secrets('events to n8n'),
    WEBHOOK_SECRETS_FROM_N8N: secrets('n8n’s callbacks'),
    BACKUP_URL: given(`where backups go: ${LOCATION_FORM}`)
      .transform((text, ctx) => {
        const location = parseLocation(text);
        if (location !== null) return location;
        ctx.addIssue({ code: 'custom', message: `is not of the form ${LOCATION_FORM}.` });
        return z.NEVER;
      })
      .optional(),
    // A person in the portal sends at most a few requests a second.
    RATE_LIMIT_USER: requestsAMinute(600),
    // A workflow that reads or writes 1,000 materials one by one sends a few requests for each.
    RATE_LIMIT_SERVICE: requestsAMinute(6_000),
    // A school with 100 teachers has one IP address. n8n's callbacks count here too.
    RATE_LIMIT_ADDRESS: requestsAMinute(6_000),
    // After holidays the sessions of 100 teachers are over, and each of their tabs tries a refresh.
    RATE_LIMIT_SIGN_IN: requestsAMinute(300),
    // A person's material batch of 500 fits as a whole.
    OPEN_JOBS_PER_USER: numberUpTo(1_000_000, 'a number of jobs, or 0 for no limit', 500),
    OVERLOAD_LAG_MS: numberUpTo(60_000, 'a number of milliseconds, or 0 for no limit', 200),
    TRUST_PROXY: trustProxySchema,
    REDIS_URL: url('redis://user:password@host:6379/0', 'redis:', 'rediss:')
      .refine(
        (text) => URL.canParse(text) && /^\/?\d{0,4}$/.test(new URL(text).pathname),
        'has a database that is not a number. Set it to redis://user:password@host:6379/0.',
      )
      .optional(),
    REDIS_PREFIX: z
      .string()
      .regex(/^[\w.:-]{1,50}$/, 'is not 1 to 50 letters, digits or any of . : _ -')
      .default('materi:'),
    METRICS_TOKEN: given('at least 32 random characters')
      .min(32, 'is shorter than 32 characters. Make one with: openssl rand -hex 32')
      .regex(
        /^[\x21-\x7e]+$/,
        'has a character that a header cannot hold. Use ASCII without blanks.',
      )
      .optional(),
    OTEL_EXPORTER_OTLP_ENDPOINT: url(
      'the base URL of an OpenTelemetry collector, such as http://127.0.0.1:4318',
      'http:',
      'https:',
    ).optional(),
    RETENTION_IDEMPOTENCY_KEYS_DAYS: days(1, 1),
    RETENTION_DELIVERIES_DAYS: days(1, 1),
    RETENTION_SESSIONS_DAYS: days(1, 1),
    RETENTION_SHEET_PLANS_DAYS: days(0, 7, true),
    RETENTION_HISTORY_DAYS: days(0, 30, true),
    SERVICE_KEYS: z.string().default('').transform(listed).pipe(z.array(serviceKeySchema)),
  });
}

const NO_KEY =
  'is not a service account’s key with client_email and private_key. Set it to the key file’s whole text.';

/** A variable that is set to nothing counts as not set. */
export function whatIsSet(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ''));
}

/** @throws ConfigError that names every variable that is wrong, never its value */
export function parsed<T>(schema: z.ZodType<T>, set: Environment): T {
  const found = schema.safeParse(set);
  if (found.success) return found.data;
  throw new ConfigError(onePerVariable(found.error.issues));
}

/** Keeps the first error of each variable: the others often follow from it. */
function onePerVariable(issues: readonly z.core.$ZodIssue[]): string[] {
  const lines = new Map<string, string>();
  for (const { path, message } of issues) {
    const [variable, field] = path.map(String);
    if (variable === undefined || lines.has(variable)) continue;
    const isKey = variable === 'GOOGLE_SERVICE_ACCOUNT_JSON' && field !== undefined;
    lines.set(variable, `${variable} ${isKey ? NO_KEY : message}`);
  }
  return [...lines.values()];
}
