/**
 * `npm run bench:queries`: the API's queries on the database of a large school, each with its time in
 * PostgreSQL, the rows that were read for it, and the indexes that served it.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CamelCasePlugin,
  Kysely,
  PostgresDialect,
  type CompiledQuery,
  sql,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import * as z from 'zod/v4';
import {
  findUser,
  isFirstOfAddress,
  lockSession,
  overSessions,
  roleInSession,
  usedUpIdTokens,
} from '../api/auth/repository.ts';
import { countWaiting } from '../api/catalog/repository.ts';
import { readUnplaced } from '../api/catalog/unplaced.ts';
import { deleteSome } from '../api/db/deleteSome.ts';
import { userIdSchema, type JobId, type MaterialId, type SessionFamily } from '../api/db/ids.ts';
import type { Database } from '../api/db/schema.ts';
import { oldHistory, readHistory } from '../api/history/repository.ts';
import { oldIdempotencyKeys } from '../api/idempotency/once.ts';
import { INVARIANTS } from '../api/invariants/index.ts';
import { hasten, releaseClaims, takeCreated, takeJobs } from '../api/jobs/queue.ts';
import { findJob, findJobOfExecution, listJobs } from '../api/jobs/repository.ts';
import { toCompleted } from '../api/jobs/transitions.ts';
import { findMatches, readMaterials } from '../api/materials/batch/repository.ts';
import { readListed } from '../api/materials/listed.ts';
import { takeUpdates } from '../api/materials/outbox.ts';
import { findMaterial, lockMaterial } from '../api/materials/repository.ts';
import { READINGS } from '../api/metrics/readings.ts';
import { findClaimants } from '../api/subscriptions/repository.ts';
import {
  countMatches,
  countWords,
  findBest,
  findNewest,
  readFilters,
  readSearch,
} from '../api/search/index.ts';
import { oldPlans, openPlans } from '../api/sync/plans.ts';
import { hasWork, loadKnown, loadMaterials } from '../api/sync/repository.ts';
import { findDelivery, oldDeliveries } from '../api/webhook/repository.ts';
import { testDatabase } from '../test/harness/database.ts';
import startPostgres from '../test/harness/postgres/start.ts';
import stopPostgres from '../test/harness/postgres/stop.ts';
import { printTable } from './table.ts';

/** The md5 of a text as a UUID, as bench/queries/fill.sql makes ids. */
function uuidOf(text: string): string {
  const digits = createHash('md5').update(text).digest('hex');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const material = uuidOf('material 5000') as MaterialId;
const NUMBERS = Array.from({ length: 500 }, (_, n) => 5000 + n);
const FIVE_HUNDRED = NUMBERS.map((n) => uuidOf(`material ${n}`) as MaterialId);
const MATCHES = NUMBERS.map(
  (n) =>
    new Map([
      ['title' as const, [`Materi ${n}`]],
      ['subject' as const, ['IPA']],
    ]),
);
const user = userIdSchema.parse(1);
const job = uuidOf('job 5000') as JobId;
const claimed = { jobId: uuidOf('open job 2') as JobId, attempt: 1, executionId: 'open-2' };
const family = uuidOf('session 1000') as SessionFamily;
const page = { limit: 50, after: null };
const older = { limit: 50, after: { createdAt: hoursAgo(600), id: material } };
const due = { limit: 100, taken: 1000 };

type Query = (trx: Transaction<Database>) => Promise<unknown>;

const QUERIES: Readonly<Record<string, Query>> = {
  'a material': (trx) => findMaterial(trx, material),
  'a material, locked': (trx) => lockMaterial(trx, material),
  '500 materials, locked': (trx) => readMaterials(trx, FIVE_HUNDRED, true),
  '500 materials, found by title': (trx) => findMatches(trx, MATCHES),
  'materials, first page': (trx) => readListed(trx, page),
  'materials, later page': (trx) => readListed(trx, older),
  'materials, archived ones too': (trx) => readListed(trx, { ...page, withArchived: true }),
  'search: one in 1,000, by rank': async (trx) =>
    findBest(trx, await readSearch(trx, 'hujan'), {}, page),
  'search: in all, by rank': async (trx) => findBest(trx, await readSearch(trx, 'air'), {}, page),
  'search: in all, newest': async (trx) => findNewest(trx, await readSearch(trx, 'air'), {}, page),
  'filter, newest': async (trx) =>
    findNewest(trx, await readSearch(trx, ''), await readFilters(trx, { subject: ['IPA'] }), page),
  'filter, archived ones too': async (trx) =>
    findNewest(
      trx,
      await readSearch(trx, ''),
      { ...(await readFilters(trx, { subject: ['IPA'] })), withArchived: true },
      page,
    ),
  'search: a typing error': async (trx) => readSearch(trx, 'hujann '),
  'search: facets of one in 1,000': async (trx) =>
    countMatches(trx, await readSearch(trx, 'hujan'), {}),
  'search: facets of all': async (trx) => countMatches(trx, await readSearch(trx, 'air'), {}),
  'facets without a search': async (trx) => countMatches(trx, await readSearch(trx, ''), {}),
  'facets, archived ones too': async (trx) =>
    countMatches(trx, await readSearch(trx, ''), { withArchived: true }),
  'history, first page': (trx) => readHistory(trx, material, page),
  'a job': (trx) => findJob(trx, job),
  'the job of an execution': (trx) => findJobOfExecution(trx, 'execution-5000'),
  'jobs, first page': (trx) => listJobs(trx, { ...page, userId: null }),
  'jobs of a user': (trx) => listJobs(trx, { ...page, userId: user }),
  'jobs of a user that failed': (trx) => listJobs(trx, { ...page, userId: user, status: 'FAILED' }),
  'jobs that failed': (trx) => listJobs(trx, { ...page, userId: null, status: 'FAILED' }),
  'jobs that generate': (trx) => listJobs(trx, { ...page, userId: null, kind: 'generate' }),
  'jobs of a material': (trx) => listJobs(trx, { ...page, userId: null, materialId: material }),
  'jobs that are due': (trx) => takeJobs(trx, due),
  'jobs to announce': (trx) => takeCreated(trx, due),
  'updates that are due': (trx) => takeUpdates(trx, due),
  'a job ends': (trx) => toCompleted(trx, claimed, {}, 'ending'),
  'claims are released': (trx) =>
    releaseClaims(trx, { instanceId: 'n8n', id: 'workflow1' }, 600_000),
  'missed jobs are hastened': (trx) => hasten(trx, ['analyze']),
  'which workflow claims': (trx) => findClaimants(trx),
  'a session, for each request': (trx) => roleInSession(trx, user, family),
  'a session, to be renewed': (trx) => lockSession(trx, 'token-999', 1000),
  'a user': (trx) => findUser(trx, user),
  'the first of an address': (trx) => isFirstOfAddress(trx, 'guru5@sekolah.sch.id'),
  'a delivery of a webhook': (trx) => findDelivery(trx, 'delivery-5000'),
  'what waits for the sheet': (trx) => countWaiting(trx),
  'texts without a row': (trx) => readUnplaced(trx),
  'whether sync has work': (trx) => hasWork(trx),
  'batches that may land': (trx) => openPlans(trx),
  'materials without texts': (trx) => loadKnown(trx),
  'materials that sync loads': (trx) => loadMaterials(trx, [material]),
  'old Idempotency-Keys': (trx) => deleteSome(trx, oldIdempotencyKeys(1)),
  'old deliveries': (trx) => deleteSome(trx, oldDeliveries(1)),
  'used ID tokens': (trx) => deleteSome(trx, usedUpIdTokens),
  'sessions that are over': (trx) => deleteSome(trx, overSessions(1)),
  'old plans': (trx) => deleteSome(trx, oldPlans(90)),
  'old history': (trx) => deleteSome(trx, oldHistory(90)),
  ...Object.fromEntries(
    Object.entries(READINGS).map(([name, read]) => [
      `metrics: ${name}`,
      (trx: Transaction<Database>) => read(trx, new Date()),
    ]),
  ),
  ...Object.fromEntries(
    INVARIANTS.map(({ name, sql: violations }) => [
      `invariant: ${name}`,
      (trx: Transaction<Database>) =>
        sql`select count(*) from (${violations}) as violation`.execute(trx),
    ]),
  ),
};

function hoursAgo(hours: number): Date {
  return new Date(Date.now() - hours * 3_600_000);
}

/** Rolls a transaction back. */
class Undone extends Error {}

/** A step of PostgreSQL's plan, with what it did. */
interface Step {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Step[];
}

const planSchema = z.object({
  'QUERY PLAN': z.tuple([z.object({ Plan: z.custom<Step>(), 'Execution Time': z.number() })]),
});

function stepsOf(step: Step): Step[] {
  return [step, ...(step.Plans ?? []).flatMap(stepsOf)];
}

async function explain(client: pg.Client, { sql, parameters }: CompiledQuery) {
  await client.query('begin');
  const answer = await client.query(`explain (analyze, format json) ${sql}`, [...parameters]);
  await client.query('rollback');
  const { Plan, 'Execution Time': ms } = planSchema.parse(answer.rows[0])['QUERY PLAN'][0];
  return { ms, steps: stepsOf(Plan) };
}

/** The best of three runs, none of which lasts: ms, rows read, indexes. */
async function measure(client: pg.Client, query: CompiledQuery): Promise<string[]> {
  const runs = [
    await explain(client, query),
    await explain(client, query),
    await explain(client, query),
  ];
  const ms = Math.min(...runs.map((run) => run.ms));
  const steps = runs[0]?.steps ?? [];
  const read = steps.filter(
    (step) => step['Relation Name'] !== undefined && step['Node Type'].includes('Scan'),
  );
  const rows = read.map(
    (step) => (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops'],
  );
  const names = steps.map((step) =>
    step['Node Type'] === 'Seq Scan' ? `all of ${step['Relation Name'] ?? ''}` : step['Index Name'],
  );
  return [
    ms.toFixed(2),
    rows.reduce((sum, count) => sum + count, 0).toFixed(0),
    [...new Set(names.filter((name) => name !== undefined))].join(', '),
  ];
}

await startPostgres({ rootDir: process.cwd() });
const database = await testDatabase();
const client = new pg.Client(database.url);
const queries: CompiledQuery[] = [];
const db = new Kysely<Database>({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.url, max: 1 }) }),
  plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  log: ({ query }) => void queries.push(query),
});
const rows: string[][] = [];
try {
  await client.connect();
  await client.query(readFileSync(join(import.meta.dirname, 'queries', 'fill.sql'), 'utf8'));
  await countWords(db);
  await client.query('vacuum analyze');
  for (const [name, query] of Object.entries(QUERIES)) {
    queries.length = 0;
    await db
      .transaction()
      .execute(async (trx) => {
        await query(trx);
        throw new Undone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
    const own = queries.filter(
      ({ sql }) => !/^(begin|rollback|start transaction)|advisory/.test(sql),
    );
    for (const one of own) rows.push([name, ...(await measure(client, one))]);
  }
} finally {
  await client.end();
  await db.destroy();
  await database.drop();
  await stopPostgres();
}
printTable(['query', 'ms', 'rows read', 'indexes'], rows);
