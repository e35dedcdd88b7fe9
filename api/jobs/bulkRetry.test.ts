import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod/v4';
import type { JobId } from '../../core/index.ts';
import { SERVICE_KEY, startHarness, until, type Harness } from '../../test/harness/portal.ts';

type Person = Awaited<ReturnType<Harness['person']>>;

const answerSchema = z.object({
  counts: z.object({ retried: z.number(), refused: z.number() }),
  results: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      job: z.looseObject({ attempt: z.number(), status: z.string() }).nullable(),
      problem: z.looseObject({ type: z.string() }).optional(),
    }),
  ),
});

let harness: Harness;
let sari: Person;
let budi: Person;
let admin: Person;
beforeAll(async () => {
  harness = await startHarness();
  [sari, budi, admin] = [
    await harness.person(),
    await harness.person(),
    await harness.person('admin'),
  ];
});
afterAll(() => harness.stop());

const send = (ids: unknown, token = sari.token) =>
  harness.request('POST', '/api/jobs/bulk-retry', { token, body: { ids } });
async function retry(ids: readonly string[], token = sari.token) {
  const answer = await send(ids, token);
  expect(answer.status).toBe(200);
  return answerSchema.parse(answer.body);
}
/** For each result its status, or the name of its problem. */
const outcomes = ({ results }: z.infer<typeof answerSchema>) =>
  results.map(({ status, problem }) => problem?.type.replace('/problems/', '') ?? status);

async function fail(...ids: JobId[]) {
  await harness.db
    .updateTable('jobs')
    .set({
      status: 'FAILED',
      stage: 'ended',
      nextAt: null,
      error: JSON.stringify({ code: 'model_quota', detail: '429' }),
    })
    .where('id', 'in', ids)
    .execute();
}
async function failed({ token }: { token: string }, count: number) {
  const added = await Promise.all(Array.from({ length: count }, () => harness.add(token)));
  await fail(...added.map(({ job }) => job.id));
  return added.map(({ job, material }) => ({ id: job.id, materialId: material.id }));
}
const auditsOf = (id: string) =>
  harness.db
    .selectFrom('auditLog')
    .select(['actor', 'details'])
    .where('subject', '=', `job:${id}`)
    .where('action', '=', 'job.retried')
    .execute();

describe('POST /api/jobs/bulk-retry', () => {
  it('opens the failed jobs, and says for each other one why not, in the order of the ids', async () => {
    const [one, two] = await failed(sari, 2);
    const [foreign] = await failed(budi, 1);
    const { job: running } = await harness.add(sari.token);
    const unknown = uuidv7();
    const ids = [two?.id, unknown, foreign?.id, running.id, one?.id.toUpperCase(), two?.id];
    const answer = await retry(ids.map(String));
    expect(answer.results.map(({ id }) => id)).toEqual(ids);
    expect(outcomes(answer)).toEqual([
      'retried',
      'not-found',
      'not-found',
      'job-not-failed',
      'retried',
      'retried',
    ]);
    expect(answer.counts).toEqual({ retried: 3, refused: 3 });
    expect(answer.results[0]?.job).toMatchObject({ id: two?.id, status: 'PROCESSING', attempt: 2 });
    expect(answer.results[1]?.job).toBeNull();
    for (const id of [one?.id, two?.id]) {
      const audits = await auditsOf(String(id));
      const details = { attempt: 2, error: 'model_quota' };
      expect(audits).toEqual([{ actor: `user:${sari.id}`, details }]);
    }
    expect(await auditsOf(String(foreign?.id))).toEqual([]);
  });

  it('changes nothing when the same request comes again', async () => {
    const ids = (await failed(sari, 3)).map(({ id }) => id);
    expect(outcomes(await retry(ids))).toEqual(['retried', 'retried', 'retried']);
    expect((await retry(ids)).counts).toEqual({ retried: 0, refused: 3 });
    for (const id of ids) expect(await harness.job(id)).toMatchObject({ attempt: 2 });
  });

  it('opens one of two failed jobs of a material, and the others of the request', async () => {
    const [one, other] = await failed(sari, 2);
    const again = { id: uuidv7() as JobId, materialId: one?.materialId ?? null };
    const row = await harness.job(one?.id as JobId);
    await harness.db
      .insertInto('jobs')
      .values({
        ...again,
        userId: row.userId,
        kind: 'analyze',
        claimDeadline: row.claimDeadline,
        nextAt: new Date(),
      })
      .execute();
    await fail(again.id);
    const answer = await retry([one?.id, again.id, other?.id].map(String));
    expect(outcomes(answer).sort()).toEqual(['job-open', 'retried', 'retried']);
  });

  it('has the jobs posted at once', async () => {
    const [one] = await failed(sari, 1);
    await harness.subscribe();
    await retry([String(one?.id)]);
    await until(() =>
      harness.receiver.received.some(
        ({ event }) => event.data.job?.id === one?.id && event.data.job?.attempt === 2,
      ),
    );
    await harness.db.deleteFrom('subscriptions').execute();
  });

  it('opens each job once if requests in other orders come at the same time', async () => {
    const ids = (await failed(sari, 40)).map(({ id }) => id);
    const answers = await Promise.all([
      retry(ids),
      retry(ids.toReversed()),
      retry(ids, admin.token),
      retry(ids.toReversed(), admin.token),
    ]);
    expect(answers.reduce((sum, { counts }) => sum + counts.retried, 0)).toBe(40);
    for (const id of ids) {
      expect((await harness.job(id)).attempt).toBe(2);
      expect(await auditsOf(id)).toHaveLength(1);
    }
  });

  it('meets a material batch that changes the same materials in another order', async () => {
    const jobs = await failed(sari, 60);
    const items = jobs
      .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      .map(({ materialId: id }) => ({ operation: 'update', id, material: { theme: 'Baru' } }));
    const [answer, batch] = await Promise.all([
      retry(jobs.map(({ id }) => id)),
      harness.request('POST', '/api/materials/batch', { token: SERVICE_KEY, body: { items } }),
    ]);
    expect(batch).toMatchObject({ status: 200, body: { counts: { updated: 60 } } });
    const allowed = ['retried', 'job-open'];
    expect(outcomes(answer).filter((one) => !allowed.includes(one))).toEqual([]);
    const open = await harness.db
      .selectFrom('jobs')
      .select('materialId')
      .where('status', '=', 'PROCESSING')
      .where(
        'materialId',
        'in',
        jobs.map(({ materialId }) => materialId),
      )
      .execute();
    expect(open).toHaveLength(60);
  });

  it('lets an admin retry the jobs of everybody, with the admin in the audit log', async () => {
    const ids = [...(await failed(sari, 1)), ...(await failed(budi, 1))].map(({ id }) => id);
    const { job } = await harness.add(SERVICE_KEY);
    await fail(job.id);
    const answer = await retry([...ids, job.id], admin.token);
    expect(answer.counts).toEqual({ retried: 3, refused: 0 });
    for (const id of [...ids, job.id]) {
      expect(await auditsOf(id)).toMatchObject([{ actor: `user:${admin.id}` }]);
    }
  });

  it('is for people alone', async () => {
    const [one] = await failed(sari, 1);
    expect((await send([one?.id], SERVICE_KEY)).status).toBe(403);
    expect((await harness.request('POST', '/api/jobs/bulk-retry', { body: {} })).status).toBe(401);
    expect((await harness.job(one?.id as JobId)).status).toBe('FAILED');
  });

  it('takes 1 to 200 ids', async () => {
    const many = (count: number) => Array.from({ length: count }, () => uuidv7());
    expect((await send(many(0))).status).toBe(422);
    expect((await send(many(201))).status).toBe(422);
    expect((await retry(many(200))).counts).toEqual({ retried: 0, refused: 200 });
  });
});
