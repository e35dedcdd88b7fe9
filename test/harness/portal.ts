import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod/v4';
import { DEFAULT_MODEL, jobIdSchema, materialSchema, sign } from '../../core/index.ts';
import { ACCESS_TOKEN_LIFE, issueAccessToken } from '../../api/auth/accessToken.ts';
import type { Config } from '../../api/config/config.ts';
import { sessionFamilySchema, sessionIdSchema, type UserId } from '../../api/db/ids.ts';
import type { Database, Role } from '../../api/db/schema.ts';
import { createLogger, type Logger } from '../../api/log.ts';
import { startPortal } from '../../api/start.ts';
import { TIMING, type Timing } from '../../api/timing.ts';
import { testDatabase } from './database.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { anAnalysis } from './analysis.ts';

const secret = () => `whsec_${randomBytes(32).toString('base64')}`;

export const JWT_SECRET = 'a secret of tests that is longer than 32 characters';
export const SERVICE_KEY = 'a-service-key-that-only-tests-know';
export const TO_N8N = [secret()] as const;
export const FROM_N8N = [secret(), secret()] as const;

const shownJobSchema = z.looseObject({
  id: jobIdSchema,
  status: z.enum(['PROCESSING', 'COMPLETED', 'FAILED']),
  attempt: z.number(),
  executionId: z.string().nullable(),
  error: z.looseObject({ code: z.string() }).nullable(),
});
export const createdSchema = z.object({ material: materialSchema, job: shownJobSchema });

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  /** A body to be sent as it is, instead of JSON. */
  readonly raw?: string;
  readonly headers?: Record<string, string>;
}

/** One request; a body is sent and read as JSON. */
export async function call(
  url: string,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const body =
    options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(options.token === undefined ? {} : { Authorization: `Bearer ${options.token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

/** The configuration of a portal that knows no Google and posts to a receiver. */
export function testConfig(databaseUrl: string, n8nUrl: string, google = {}): Config {
  return {
    production: false,
    port: 0,
    host: '127.0.0.1',
    stopDelayMs: 0,
    logLevel: 'silent',
    databaseUrl,
    jwtKey: createSecretKey(JWT_SECRET, 'utf8'),
    adminEmails: ['admin@sekolah.sch.id'],
    needsInvite: false,
    google: {
      clientId: 'client.apps.example',
      hostedDomain: null,
      codeSignIn: null,
      serviceAccount: { client_email: 'a@example', private_key: '-----BEGIN' },
      spreadsheetId: 'sheet',
      tab: 'Katalog',
      rootUrl: null,
      ...google,
    },
    n8n: { origins: [n8nUrl], secretsTo: TO_N8N, secretsFrom: FROM_N8N },
    serviceKeys: [{ name: 'n8n', sha256: createHash('sha256').update(SERVICE_KEY).digest('hex') }],
    // Tests send more than people do. Those of the limits set their own.
    rateLimits: { user: 0, service: 0, address: 0, signIn: 0 },
    openJobsPerUser: 0,
    // A machine that runs many tests at once is late now and then.
    overloadLagMs: 0,
    trustProxy: 0,
    redis: null,
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
  };
}

/** Waits for a condition; the test's own timeout ends it. */
export async function until<T>(look: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * A portal on a database of its own, without a sheet, and a receiver that plays n8n.
 *
 * @param options `timing` in place of the design's: by default only the poll is quicker
 */
export async function startHarness(
  options: {
    timing?: Partial<Timing>;
    google?: Partial<Config['google']>;
    adminEmails?: readonly string[];
    config?: Partial<Config>;
    needsInvite?: boolean;
    log?: Logger;
  } = {},
) {
  const database = await testDatabase();
  const { db } = database;
  const receiver: Receiver = await startReceiver();
  const { adminEmails, needsInvite = false } = options;
  const known = { ...testConfig(database.url, receiver.url, options.google), ...options.config };
  const config = { ...known, needsInvite, ...(adminEmails === undefined ? {} : { adminEmails }) };
  const log = options.log ?? createLogger('silent');
  const timing: Timing = { ...TIMING, poll: 20, ...options.timing };
  const portal = await startPortal({ config, log, timing, checksAnswers: true });
  const request = (method: string, path: string, more?: CallOptions) =>
    call(portal.url, method, path, more);

  const person = (role: Role = 'teacher') => signInPerson(db, config, role);

  return {
    ...database,
    config,
    receiver,
    portal,
    timing,
    request,
    person,
    /** A service puts a subscription of the receiver. */
    subscribe: (more: Record<string, unknown> = {}) =>
      request('PUT', '/api/webhook/subscriptions', {
        token: SERVICE_KEY,
        body: {
          url: `${receiver.url}/webhook/materi`,
          eventTypes: ['job.requested'],
          kinds: ['analyze'],
          ...more,
        },
      }),
    /** Adds a material; the job that it opened comes with it. */
    async add(token = SERVICE_KEY, more: Record<string, unknown> = {}) {
      const answer = await request('POST', '/api/materials', { token, body: someMaterial(more) });
      return createdSchema.parse(answer.body);
    },
    /** A job as it is now, with its queue. */
    job: (id: z.infer<typeof jobIdSchema>) =>
      db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    /** The same without what dispatch moves by itself. */
    async state(id: z.infer<typeof jobIdSchema>) {
      return { ...(await this.job(id)), announceAt: null };
    },
    callback: (type: string, data: unknown, more: { id?: string; secret?: string } = {}) =>
      sendCallback(portal.url, type, data, more),
    async stop() {
      await portal.stop();
      await receiver.close();
      await database.drop();
    },
  };
}

/** Signs a person in without Google. */
export async function signInPerson(
  db: Kysely<Database>,
  { jwtKey }: Config,
  role: Role,
  lifetimeSeconds = ACCESS_TOKEN_LIFE,
): Promise<{ id: UserId; token: string }> {
  const name = randomBytes(4).toString('hex');
  const { id } = await db
    .insertInto('users')
    .values({ googleId: name, email: `${name}@sekolah.sch.id`, name, picture: null, role })
    .returning('id')
    .executeTakeFirstOrThrow();
  const session = uuidv7();
  const family = sessionFamilySchema.parse(session);
  await db
    .insertInto('sessions')
    .values({
      id: sessionIdSchema.parse(session),
      userId: id,
      family,
      tokenHash: name,
      expiresAt: new Date(Date.now() + lifetimeSeconds * 1_000),
      successor: null,
    })
    .execute();
  return { id, token: issueAccessToken(jwtKey, id, family, lifetimeSeconds) };
}

export type Harness = Awaited<ReturnType<typeof startHarness>>;

/** n8n's side of a callback: signed as its nodes do. */
export function sendCallback(
  url: string,
  type: string,
  data: unknown,
  more: { id?: string; secret?: string } = {},
): Promise<Answer> {
  const timestamp = new Date().toISOString();
  const raw = JSON.stringify({ type, timestamp, data });
  return sendSigned(url, '/api/webhook/n8n', raw, more);
}

/** A body that n8n signs, sent to the portal. */
export function sendSigned(
  url: string,
  path: string,
  raw: string,
  { id = `msg_${uuidv7()}`, secret: key = FROM_N8N[0] }: { id?: string; secret?: string } = {},
): Promise<Answer> {
  const timestamp = Math.floor(Date.now() / 1_000);
  const headers = sign([key], { id, timestamp, body: raw });
  return call(url, 'POST', path, { raw, headers: { ...headers } });
}

export function someMaterial(more: Record<string, unknown> = {}) {
  return {
    subject: 'IPA',
    title: 'Fotosintesis',
    description: 'Tumbuhan membuat makanannya dari cahaya.',
    type: 'Modul',
    level: 'Fase B',
    ...more,
  };
}

/** A result as Materi Gemini gives it. `olderResult` has the form of older nodes. */
export function someResult(summary = 'Materi tentang fotosintesis.') {
  return {
    version: 2,
    analysis: anAnalysis({
      quote: 'Tumbuhan membuat makanannya dari cahaya',
      summary,
      classification: { subject: 'IPA', level: 'Fase B', alternatives: [] },
    }),
    issues: [],
    source: `analysis-2:${'a'.repeat(64)}`,
    model: DEFAULT_MODEL,
    usage: { promptTokens: 10, outputTokens: 20, totalTokens: 30 },
  };
}

export function olderResult(summary = 'Materi tentang fotosintesis.') {
  return {
    analysis: {
      summary,
      keywords: ['fotosintesis', 'daun', 'cahaya'],
      objectives: ['Menjelaskan fotosintesis.'],
      level: 'Fase B',
      difficulty: 'dasar',
      evidence: [{ claim: 'Tentang tumbuhan', quote: 'Tumbuhan membuat makanannya' }],
    },
    source: `analysis-1:${'a'.repeat(64)}`,
    model: DEFAULT_MODEL,
    usage: { promptTokens: 10, outputTokens: 20, totalTokens: 30 },
  };
}
