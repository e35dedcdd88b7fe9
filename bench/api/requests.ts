import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod/v4';
import { issueAccessToken } from '../../api/auth/accessToken.ts';
import { now } from '../../api/db/time.ts';
import { countWords } from '../../api/search/index.ts';
import type { TestDatabase } from '../../test/harness/database.ts';
import { someMaterial, testConfig } from '../../test/harness/portal.ts';
import { Connection, requestOf, type Next, type Request } from './load.ts';

const PAGES = 20;
const LIMIT = 50;
const LIFE_SECONDS = 24 * 3_600;

/** Searches with facets, by their difficulty. */
export const SEARCHES = {
  'rare words': ['hujan', 'materi 500', 'hujan air', 'materi hujan', 'materi 12345'],
  'words of a theme': ['cuaca', 'pecahan', 'gempa ', 'sungai air', 'batik seni'],
  'words of all materials': ['air', 'gunung', 'air laut', 'materi', 'percobaan'],
  'typing errors': ['hujann ', 'cuacaa ', 'percobaann ', 'materri hujan ', 'gunug '],
} as const;

/** Fills a database with what fill.sql says. */
export async function fill({ db, url }: TestDatabase): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(readFileSync(join(import.meta.dirname, 'fill.sql'), 'utf8'));
    await countWords(db);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** Ends the jobs that are open: dispatch would look for their workflows during the next measurement. */
export async function endJobs({ db }: Pick<TestDatabase, 'db'>): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ status: 'COMPLETED', stage: 'ended', endedAt: now, nextAt: null, announceAt: null })
    .where('status', '=', 'PROCESSING')
    .execute();
}

/** The people of fill.sql, each with a token of their session and with their jobs. */
async function peopleOf({ db, url }: Pick<TestDatabase, 'db' | 'url'>) {
  const { jwtKey } = testConfig(url, 'http://127.0.0.1:1');
  const sessions = await db.selectFrom('sessions').select(['userId', 'family']).execute();
  const jobs = await db.selectFrom('jobs').select(['id', 'userId']).execute();
  return sessions.map(({ userId, family }) => ({
    headers: {
      Authorization: `Bearer ${issueAccessToken(jwtKey, userId, family, LIFE_SECONDS)}`,
    },
    jobs: jobs.flatMap((job) => (job.userId === userId ? [job.id] : [])),
  }));
}

/** Gives requests in a fixed order, again and again. */
function inTurns(requests: readonly Request[]): Next {
  let at = 0;
  return () => {
    const request = requests[at % requests.length];
    at += 1;
    if (request === undefined) throw new Error('There is no request.');
    return request;
  };
}

const pageSchema = z.looseObject({ nextCursor: z.string() });

async function cursorsOf(url: string, headers: Readonly<Record<string, string>>) {
  const connection = new Connection(url);
  const cursors: string[] = [];
  while (cursors.length < PAGES) {
    const cursor = cursors.at(-1);
    const more = cursor === undefined ? '' : `&cursor=${cursor}`;
    const path = `/api/materials?limit=${LIMIT}${more}`;
    const { body } = await connection.send(requestOf('GET', path, headers));
    cursors.push(pageSchema.parse(JSON.parse(body.toString())).nextCursor);
  }
  connection.close();
  return cursors;
}

/** What is measured, by its name in the table. @param url of the API, which knows the cursors of pages */
export async function requestsOf(database: Pick<TestDatabase, 'db' | 'url'>, url: string) {
  const all = await peopleOf(database);
  const [{ headers } = { headers: {} }] = all;
  const cursors = await cursorsOf(url, headers);
  const jobs = all.flatMap((person) =>
    person.jobs.map((id) => requestOf('GET', `/api/jobs/${id}`, person.headers)),
  );
  // Neighbours in time are of different people.
  const mixedJobs = jobs.map((_, n) => jobs[(n * 997) % jobs.length] ?? jobs[0]);
  const list = (more: string) =>
    all.map((person) => requestOf('GET', `/api/materials?limit=${LIMIT}${more}`, person.headers));
  const create = (title: string, person: number) =>
    requestOf(
      'POST',
      '/api/materials',
      all[person % all.length]?.headers ?? {},
      someMaterial({ title }),
    );
  let created = 0;
  const nexts = {
    'job by id': inTurns(mixedJobs.filter((one) => one !== undefined)),
    'first page of 50': inTurns(list('')),
    'later page of 50': inTurns(cursors.flatMap((cursor) => list(`&cursor=${cursor}`).slice(0, 3))),
    create: () => create(`Materi baru ${(created += 1)}`, created),
  } satisfies Record<string, Next>;
  let turn = 0;
  /** Of 20 requests, 13 read a job, 5 read a page, and 2 add a material. */
  const mix: Next = () => {
    turn = (turn + 7) % 20;
    if (turn < 13) return nexts['job by id']();
    if (turn < 16) return nexts['first page of 50']();
    if (turn < 18) return nexts['later page of 50']();
    return nexts.create();
  };
  /** @param limit another one each time, because the API keeps answers while nobody writes */
  const search = (q: string, limit: number) =>
    requestOf(
      'GET',
      `/api/materials?facets=true&limit=${limit}&q=${encodeURIComponent(q)}`,
      headers,
    );
  return { nexts, mix, search };
}
