import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';
import { ConfigError } from './variables.ts';

const WHSEC = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

const RIGHT = {
  PORT: '4000',
  DATABASE_URL: 'postgres://materi:secret@db:5432/materi',
  JWT_SECRET: 'x'.repeat(32),
  ADMIN_EMAILS: 'Kepala@Sekolah.sch.id, admin@sekolah.sch.id',
  GOOGLE_CLIENT_ID: 'client',
  GOOGLE_SERVICE_ACCOUNT_JSON: JSON.stringify({
    client_email: 'materi@project.iam.gserviceaccount.com',
    private_key: '-----BEGIN PRIVATE KEY-----\nabc',
  }),
  GOOGLE_SHEETS_SPREADSHEET_ID: 'sheet',
  GOOGLE_SHEETS_TAB: 'Katalog 2026',
  GOOGLE_ROOT_URL: 'http://127.0.0.1:4100/',
  N8N_ORIGINS: 'http://127.0.0.1:5678,https://n8n.sekolah.sch.id',
  WEBHOOK_SECRETS_TO_N8N: `${WHSEC},${OTHER}`,
  WEBHOOK_SECRETS_FROM_N8N: WHSEC,
  REDIS_URL: 'rediss://materi:secret@redis:6380/2',
  SERVICE_KEYS: `n8n:${'a'.repeat(64)}`,
};

function problems(env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const named = (env: Record<string, string | undefined>) =>
  problems(env).map((line) => line.split(' ')[0]);

describe('the environment', () => {
  it('reads the environment into a configuration', () => {
    expect(readConfig(RIGHT)).toMatchObject({
      production: false,
      port: 4000,
      host: '127.0.0.1',
      jwtKey: expect.objectContaining({ type: 'secret' }),
      stopDelayMs: 0,
      adminEmails: ['kepala@sekolah.sch.id', 'admin@sekolah.sch.id'],
      google: { hostedDomain: null, tab: 'Katalog 2026', rootUrl: 'http://127.0.0.1:4100' },
      n8n: { secretsTo: [WHSEC, OTHER], secretsFrom: [WHSEC] },
      serviceKeys: [{ name: 'n8n', sha256: 'a'.repeat(64) }],
      rateLimits: { user: 600, service: 6_000, address: 6_000, signIn: 300 },
      openJobsPerUser: 500,
      overloadLagMs: 200,
      trustProxy: 0,
      redis: { url: RIGHT.REDIS_URL, prefix: 'materi:' },
      backup: null,
      metricsTokenHash: null,
      tracesUrl: null,
      retention: {
        idempotencyKeyDays: 1,
        deliveryDays: 1,
        sessionDays: 1,
        sheetPlanDays: null,
        historyDays: null,
      },
    });
  });

  it('starts without REDIS_URL', () => {
    expect(readConfig({ ...RIGHT, REDIS_URL: undefined }).redis).toBeNull();
  });

  it.each([
    ['0', 0],
    ['2', 2],
    ['10.0.0.1', ['10.0.0.1']],
    ['loopback, 10.0.0.0/8,2001:db8::/32', ['loopback', '10.0.0.0/8', '2001:db8::/32']],
  ])('reads TRUST_PROXY set to %s', (value, trustProxy) => {
    expect(readConfig({ ...RIGHT, TRUST_PROXY: value })).toMatchObject({ trustProxy });
  });

  it('reads the days of each RETENTION variable', () => {
    const days = { RETENTION_SHEET_PLANS_DAYS: '7', RETENTION_HISTORY_DAYS: '3650' };
    const { retention } = readConfig({ ...RIGHT, ...days, RETENTION_SESSIONS_DAYS: '90' });
    expect(retention).toMatchObject({ sheetPlanDays: 7, historyDays: 3650, sessionDays: 90 });
  });

  it('names all missing variables at once', () => {
    expect(named({ PORT: '', ADMIN_EMAILS: ' ' })).toEqual([
      'DATABASE_URL',
      'JWT_SECRET',
      'GOOGLE_CLIENT_ID',
      'GOOGLE_SERVICE_ACCOUNT_JSON',
      'GOOGLE_SHEETS_SPREADSHEET_ID',
      'GOOGLE_SHEETS_TAB',
      'N8N_ORIGINS',
      'WEBHOOK_SECRETS_TO_N8N',
      'WEBHOOK_SECRETS_FROM_N8N',
    ]);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', 'http'],
    ['STOP_DELAY', '5s'],
    ['DATABASE_URL', 'mysql://db/materi'],
    ['JWT_SECRET', 'x'.repeat(31)],
    ['ADMIN_EMAILS', 'admin'],
    ['GOOGLE_SERVICE_ACCOUNT_JSON', '{'],
    ['GOOGLE_SERVICE_ACCOUNT_JSON', '{"client_email":"a@b"}'],
    ['GOOGLE_ROOT_URL', 'localhost'],
    ['N8N_ORIGINS', 'http://127.0.0.1:5678/webhook'],
    ['N8N_ORIGINS', ','],
    ['WEBHOOK_SECRETS_TO_N8N', 'secret'],
    ['WEBHOOK_SECRETS_TO_N8N', `${WHSEC},whsec_c2hvcnQ=`],
    ['WEBHOOK_SECRETS_FROM_N8N', ','],
    ['SERVICE_KEYS', 'n8n:the-key-itself'],
    ['LOG_LEVEL', 'loud'],
    ['RATE_LIMIT_USER', 'many'],
    ['OPEN_JOBS_PER_USER', 'many'],
    ['RATE_LIMIT_SERVICE', '-1'],
    ['RATE_LIMIT_ADDRESS', '1e3'],
    ['RATE_LIMIT_SIGN_IN', '1000001'],
    ['OVERLOAD_LAG_MS', '200ms'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '11'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'loopback,proxy.sekolah.sch.id'],
    ['TRUST_PROXY', ','],
    ['REDIS_URL', 'http://redis:6379'],
    ['REDIS_URL', 'redis://redis:6379/materi'],
    ['REDIS_PREFIX', 'a b'],
    ['SIGN_IN', 'everyone'],
    ['BACKUP_URL', '/srv/backup'],
    ['BACKUP_URL', 's3://'],
    ['BACKUP_URL', 'file://server/share'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['METRICS_TOKEN', 'x'.repeat(31)],
    ['METRICS_TOKEN', `${'x'.repeat(32)} x`],
    ['RETENTION_IDEMPOTENCY_KEYS_DAYS', '0'],
    ['RETENTION_DELIVERIES_DAYS', '1.5'],
    ['RETENTION_SESSIONS_DAYS', '3651'],
    ['RETENTION_SHEET_PLANS_DAYS', '6'],
    ['RETENTION_HISTORY_DAYS', '29'],
    ['RETENTION_HISTORY_DAYS', '-1'],
  ])('refuses %s set to %s, by name', (variable, value) => {
    expect(named({ ...RIGHT, [variable]: value })).toEqual([variable]);
  });

  it('reads BACKUP_URL as a folder or as S3', () => {
    const backup = (url: string, more = {}) =>
      readConfig({ ...RIGHT, BACKUP_URL: url, ...more }).backup;
    expect(backup('file:///srv/backup%20materi')).toMatchObject({
      location: { kind: 'folder', path: '/srv/backup materi' },
    });
    expect(backup('s3://sekolah/materi/')).toEqual({
      location: { kind: 's3', bucket: 'sekolah', prefix: 'materi' },
      pathStyle: false,
    });
    expect(backup('s3://sekolah', { AWS_ENDPOINT_URL_S3: 'http://minio:9000' })).toEqual({
      location: { kind: 's3', bucket: 'sekolah', prefix: '' },
      pathStyle: true,
    });
  });

  it('never shows a wrong value', () => {
    const secret = 'hunter2hunter2';
    const wrong = Object.fromEntries(Object.keys(RIGHT).map((name) => [name, secret]));
    expect(problems(wrong).join('\n')).not.toContain(secret);
  });

  it('refuses production without a domain and with a stand-in for Google, with both errors at once', () => {
    expect(named({ ...RIGHT, NODE_ENV: 'production' })).toEqual([
      'GOOGLE_HOSTED_DOMAIN',
      'GOOGLE_ROOT_URL',
    ]);
    const production = {
      ...RIGHT,
      NODE_ENV: 'production',
      GOOGLE_HOSTED_DOMAIN: 'sekolah.sch.id',
      GOOGLE_ROOT_URL: undefined,
    };
    expect(readConfig(production)).toMatchObject({
      production: true,
      host: '0.0.0.0',
      stopDelayMs: 5_000,
      google: { hostedDomain: 'sekolah.sch.id', rootUrl: null },
    });
  });

  it('takes production without a domain if people need an invite', () => {
    const production = { ...RIGHT, NODE_ENV: 'production', GOOGLE_ROOT_URL: undefined };
    expect(named(production)).toEqual(['GOOGLE_HOSTED_DOMAIN']);
    expect(readConfig({ ...production, SIGN_IN: 'invited' })).toMatchObject({
      needsInvite: true,
      google: { hostedDomain: null },
    });
    expect(readConfig(RIGHT)).toMatchObject({ needsInvite: false });
  });

  it('takes the client secret and the redirect URIs together, or none of them', () => {
    const secret = { GOOGLE_CLIENT_SECRET: 'the secret' };
    const uris = {
      GOOGLE_REDIRECT_URIS: 'https://materi.sekolah.sch.id/masuk,http://127.0.0.1:3000/',
    };
    expect(readConfig(RIGHT).google.codeSignIn).toBeNull();
    expect(readConfig({ ...RIGHT, ...secret, ...uris }).google.codeSignIn).toEqual({
      clientSecret: 'the secret',
      redirectUris: ['https://materi.sekolah.sch.id/masuk', 'http://127.0.0.1:3000/'],
    });
    expect(named({ ...RIGHT, ...secret })).toEqual(['GOOGLE_REDIRECT_URIS']);
    expect(named({ ...RIGHT, ...uris })).toEqual(['GOOGLE_CLIENT_SECRET']);
  });

  it.each([
    ['development', 'http://materi.sekolah.sch.id/masuk'],
    ['development', 'https://materi.sekolah.sch.id/masuk#x'],
    ['development', 'javascript:alert(1)'],
    ['development', '/masuk'],
    ['development', ','],
    ['production', 'http://127.0.0.1:3000/'],
  ])('refuses in %s the redirect URI %s', (NODE_ENV, GOOGLE_REDIRECT_URIS) => {
    const more = { GOOGLE_CLIENT_SECRET: 'x', GOOGLE_REDIRECT_URIS, SIGN_IN: 'invited' };
    const env = { ...RIGHT, GOOGLE_ROOT_URL: undefined, NODE_ENV, ...more };
    expect(named(env)).toEqual(['GOOGLE_REDIRECT_URIS']);
  });

  it('ends the start with exit code 1 and each name if variables are wrong', () => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [resolve('api/main.ts')], {
      env: { ...RIGHT, JWT_SECRET: 'short', N8N_ORIGINS: 'n8n' },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/JWT_SECRET[^]*N8N_ORIGINS/);
    expect(stderr).not.toMatch(/ at .*:\d+/);
  });
});
