import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { z } from 'zod/v4';
import { jobIdSchema, type JobId } from '../../core/index.ts';
import { SERVICE_KEY, startHarness, until, type Harness } from '../../test/harness/portal.ts';

let harness: Harness;
let admin: string;
beforeAll(async () => {
  harness = await startHarness({ timing: { backoff: { first: 20, most: 40 } } });
  admin = (await harness.person('admin')).token;
});
afterAll(() => harness.stop());
beforeEach(async () => {
  await harness.db.deleteFrom('subscriptions').execute();
  await harness.db
    .updateTable('jobs')
    .set({ status: 'COMPLETED', stage: 'ended', nextAt: null, leaseUntil: null })
    .where('status', '=', 'PROCESSING')
    .execute();
});

const UNKNOWN = '01980000-0000-7000-8000-000000000001';
const GAP = { subject: 'IPA', level: 'Fase B' };
const QUIZ = { kind: 'quiz', title: 'Kuis fotosintesis', body: { questions: [{ text: 'Apa?' }] } };

const send = (body: object, token = SERVICE_KEY) =>
  harness.request('POST', '/api/jobs', { token, body: { kind: 'generate', ...body } });
const idOf = ({ body }: { body: unknown }) => z.object({ id: jobIdSchema }).parse(body).id;
const isConflict = (type: string) => ({ status: 409, body: { type: `/problems/${type}` } });

/** A job that an execution has claimed: for a material of a teacher, or for a gap. */
async function claimed(more: object) {
  const answer = await send({ options: { content: 'quiz' }, ...more, executionId: 'e1' });
  expect(answer.status).toBe(201);
  const id = idOf(answer);
  return { id, claim: { jobId: id, attempt: 1, executionId: 'e1' } };
}
const contentsOf = (id: JobId) =>
  harness.db.selectFrom('contents').selectAll().where('jobId', '=', id).execute();
const complete = (claim: object, result: unknown) =>
  harness.callback('job.completed', { ...claim, result });

it('a job that generated shows the model and its tokens', async () => {
  const { id, claim } = await claimed({ options: { content: 'quiz', gap: GAP } });
  const usage = { promptTokens: 900, outputTokens: 300, totalTokens: 1_200, thoughtTokens: 20 };
  const model = { model: 'gemini-flash-latest', modelVersion: 'gemini-9-flash', usage };
  expect((await complete(claim, { ...QUIZ, ...model })).status).toBe(200);
  const shown = await harness.request('GET', `/api/jobs/${id}`, { token: admin });
  expect(shown.body).toMatchObject({ result: { ...QUIZ, ...model } });
  expect(await contentsOf(id)).toMatchObject([QUIZ]);
});

describe('POST /api/jobs with the kind generate', () => {
  it('opens a job for a material beside its analysis, with its options', async () => {
    const { material } = await harness.add();
    const answer = await send({ materialId: material.id, options: { content: 'worksheet' } });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        kind: 'generate',
        materialId: material.id,
        options: { content: 'worksheet' },
        status: 'PROCESSING',
        executionId: null,
      },
    });
  });

  it('opens a job for a gap, and the audit log names the gap', async () => {
    const answer = await send({ options: { content: 'quiz', gap: { ...GAP, subject: 'ipa ' } } });
    const options = { content: 'quiz', gap: GAP };
    expect(answer).toMatchObject({ status: 201, body: { materialId: null, options } });
    const audit = await harness.db
      .selectFrom('auditLog')
      .selectAll()
      .where('subject', '=', `job:${idOf(answer)}`)
      .executeTakeFirst();
    expect(audit).toMatchObject({
      actor: 'service:n8n',
      action: 'job.opened',
      details: { kind: 'generate', ...options },
    });
  });

  it('leases a job at once to the execution that opens it', async () => {
    const { id } = await claimed({ options: { content: 'quiz', gap: GAP } });
    const row = await harness.job(id);
    expect(row).toMatchObject({ stage: 'claimed', executionId: 'e1', attempt: 1 });
    expect(row.leaseUntil?.getTime()).toBeGreaterThan(Date.now());
    expect(row.nextAt).toEqual(row.leaseUntil);
  });

  it.each<[string, object, string]>([
    ['neither a material nor a gap', { options: { content: 'quiz' } }, 'materialId'],
    [
      'both a material and a gap',
      { materialId: UNKNOWN, options: { content: 'quiz', gap: GAP } },
      'materialId',
    ],
    ['no options', { materialId: UNKNOWN }, 'options'],
    ['an unknown content', { materialId: UNKNOWN, options: { content: 'x' } }, 'options.content'],
    [
      'an unknown level',
      { options: { content: 'quiz', gap: { subject: 'IPA', level: 'SD' } } },
      'options.gap.level',
    ],
    ['a name that is not known', { options: { content: 'quiz', gap: GAP }, user: 1 }, 'user'],
    [
      'options for an analysis',
      { kind: 'analyze', materialId: UNKNOWN, options: { content: 'quiz' } },
      'options',
    ],
  ])('answers 422 with the path for %s', async (_, body, path) => {
    const answer = await send(body);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  it('answers 404 for an unknown material and 410 for a deleted one', async () => {
    const options = { content: 'quiz' };
    expect((await send({ materialId: UNKNOWN, options })).status).toBe(404);
    const { material } = await harness.add();
    await harness.db
      .updateTable('materials')
      .set({ deletedAt: new Date() })
      .where('id', '=', material.id)
      .execute();
    expect((await send({ materialId: material.id, options })).status).toBe(410);
  });

  it('answers 403 to a teacher, also to the author, and 401 without a sign-in', async () => {
    const { token } = await harness.person();
    const { material } = await harness.add(token);
    const body = { materialId: material.id, options: { content: 'quiz' } };
    expect((await send(body, token)).status).toBe(403);
    expect((await send(body, 'none')).status).toBe(401);
    expect((await send(body, admin)).status).toBe(201);
  });

  it('answers 409 while a job of the material is open, whatever its content', async () => {
    const { material } = await harness.add();
    const send1 = (content: string) => send({ materialId: material.id, options: { content } });
    const answers = await Promise.all(['quiz', 'quiz', 'summary'].map(send1));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await send1('levels')).toMatchObject(isConflict('job-open'));
  });

  it('answers 409 while a job of the gap and the content is open, and opens others', async () => {
    const fill = (content: string, gap: object) => send({ options: { content, gap } });
    const same = await Promise.all([1, 2, 3, 4].map(() => fill('quiz', GAP)));
    expect(same.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(await fill('quiz', { ...GAP, subject: 'Sains' })).toMatchObject(isConflict('job-open'));
    expect((await fill('summary', GAP)).status).toBe(201);
    expect((await fill('quiz', { ...GAP, level: 'Fase C' })).status).toBe(201);
    expect((await fill('quiz', { ...GAP, subject: 'IPS' })).status).toBe(201);
  });
});

describe('a generate job that ends', () => {
  it('writes a draft of its material, and changes nothing in the material', async () => {
    const author = await harness.person();
    const { material } = await harness.add(author.token);
    const read = () =>
      harness.db
        .selectFrom('materials')
        .selectAll()
        .where('id', '=', material.id)
        .executeTakeFirstOrThrow();
    const before = await read();
    const { id, claim } = await claimed({ materialId: material.id });
    expect(await complete(claim, QUIZ)).toMatchObject({
      status: 200,
      body: { job: { id, status: 'COMPLETED' } },
    });
    expect(await harness.job(id)).toMatchObject({ status: 'COMPLETED', resultJson: QUIZ });
    const drafts = await contentsOf(id);
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({
      ...QUIZ,
      materialId: material.id,
      authorId: author.id,
      subject: material.subject,
      level: material.level,
      status: 'draft',
      decidedBy: null,
      decidedAt: null,
    });
    expect(await read()).toEqual(before);
  });

  it('writes a draft of its gap', async () => {
    const { id, claim } = await claimed({ options: { content: 'quiz', gap: GAP } });
    expect((await complete(claim, QUIZ)).status).toBe(200);
    expect(await contentsOf(id)).toMatchObject([
      { ...QUIZ, materialId: null, authorId: null, ...GAP, status: 'draft' },
    ]);
  });

  it('writes one draft for the same ending sent several times, also at once', async () => {
    const { id, claim } = await claimed({ options: { content: 'quiz', gap: GAP } });
    const answers = await Promise.all([1, 2, 3].map(() => complete(claim, QUIZ)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await contentsOf(id)).toHaveLength(1);
    expect(await complete(claim, { ...QUIZ, title: 'Lain' })).toMatchObject(
      isConflict('job-ended'),
    );
    expect(await contentsOf(id)).toHaveLength(1);
  });

  it.each<[string, object | string, string]>([
    ['no object', 'x', 'data.result'],
    ['of another content than the job asked for', { ...QUIZ, kind: 'summary' }, 'data.result.kind'],
    ['without a title', { ...QUIZ, title: '' }, 'data.result.title'],
    ['without a body', { kind: 'quiz', title: 'x' }, 'data.result.body'],
    [
      'with a character that cannot be stored',
      { ...QUIZ, body: { questions: [{ text: 'a\0' }] } },
      'data.result.body.questions.0.text',
    ],
    ['with 200,012 bytes', { ...QUIZ, body: { a: 'x'.repeat(200_000) } }, 'data.result.body'],
  ])(
    'is answered 422 with the path and stays claimed if its result is %s',
    async (_, result, path) => {
      const { id, claim } = await claimed({ options: { content: 'quiz', gap: GAP } });
      const answer = await complete(claim, result);
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
      expect(await harness.job(id)).toMatchObject({ stage: 'claimed', resultJson: null });
      expect(await contentsOf(id)).toEqual([]);
      expect((await complete(claim, QUIZ)).status).toBe(200);
    },
  );

  it('keeps the largest body, with 12 levels, exactly', async () => {
    const { id, claim } = await claimed({ options: { content: 'quiz', gap: GAP } });
    const deep = { a: [[[[[[[[[['x']]]]]]]]]] };
    const body = { deep, text: '' };
    body.text = 'é'.repeat((200_000 - Buffer.byteLength(JSON.stringify(body))) / 2);
    expect((await complete(claim, { ...QUIZ, body })).status).toBe(200);
    const content = (await contentsOf(id))[0];
    const answer = await harness.request('GET', `/api/contents/${content?.id}`, { token: admin });
    expect(answer).toMatchObject({ status: 200, body: { body } });
  });

  it('keeps the names __proto__ and constructor in its body, and shows them', async () => {
    const { id, claim } = await claimed({ options: { content: 'quiz', gap: GAP } });
    const text = '{"a":{"__proto__":1},"__proto__":2,"constructor":"x"}';
    const body: unknown = JSON.parse(text);
    expect((await complete(claim, { ...QUIZ, body })).status).toBe(200);
    const content = (await contentsOf(id))[0];
    const answer = await harness.request('GET', `/api/contents/${content?.id}`, { token: admin });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).toContain(`"body":${text}`);
  });

  it('writes a draft of a material with very long texts and of one that was deleted meanwhile', async () => {
    const { material } = await harness.add();
    const { id, claim } = await claimed({ materialId: material.id });
    await harness.db
      .updateTable('materials')
      .set({ subject: '😀'.repeat(20_000), level: 'x'.repeat(40_000), deletedAt: new Date() })
      .where('id', '=', material.id)
      .execute();
    expect((await complete(claim, QUIZ)).status).toBe(200);
    expect(await contentsOf(id)).toMatchObject([
      { subject: '😀'.repeat(100), level: 'x'.repeat(200) },
    ]);
  });

  it('opens no other job if the material’s text has changed since the job was opened', async () => {
    const { material } = await harness.add();
    const { claim } = await claimed({ materialId: material.id });
    await harness.db
      .updateTable('materials')
      .set({ title: 'Baru', textHash: 'f'.repeat(64) })
      .where('id', '=', material.id)
      .execute();
    expect((await complete(claim, QUIZ)).status).toBe(200);
    const jobs = await harness.db
      .selectFrom('jobs')
      .select('kind')
      .where('materialId', '=', material.id)
      .execute();
    expect(jobs.map(({ kind }) => kind).sort()).toEqual(['analyze', 'generate']);
  });

  it.each(['a material', 'a gap'])('writes no draft if the job failed for %s', async (about) => {
    const { material } = await harness.add();
    const isGap = about === 'a gap';
    const { id, claim } = await claimed(
      isGap ? { options: { content: 'quiz', gap: GAP } } : { materialId: material.id },
    );
    const error = { code: 'model_refused', message: 'SAFETY', retryable: false };
    expect((await harness.callback('job.failed', { ...claim, error })).status).toBe(200);
    expect(await harness.job(id)).toMatchObject({ status: 'FAILED' });
    expect(await contentsOf(id)).toEqual([]);
    const row = await harness.db
      .selectFrom('materials')
      .select('aiStatus')
      .where('id', '=', material.id)
      .executeTakeFirst();
    expect(row?.aiStatus).toBe('');
  });

  it('retries a failed job, but not while another job of its gap is open', async () => {
    const options = { content: 'quiz', gap: GAP };
    const { id, claim } = await claimed({ options });
    const error = { code: 'model_refused', message: 'SAFETY', retryable: false };
    await harness.callback('job.failed', { ...claim, error });
    const retry = () => harness.request('POST', `/api/jobs/${id}/retry`, { token: admin });
    const other = await claimed({ options });
    expect(await retry()).toMatchObject(isConflict('job-open'));
    await complete(other.claim, QUIZ);
    expect(await retry()).toMatchObject({ status: 200, body: { attempt: 2, options } });
    await harness.callback('job.started', { ...claim, attempt: 2 });
    expect((await complete({ ...claim, attempt: 2 }, QUIZ)).status).toBe(200);
    expect(await contentsOf(id)).toHaveLength(1);
  });
});

describe('the delivery of a generate job', () => {
  it('sends a generate job to the subscription of its kind, with null as the material of a gap', async () => {
    await harness.subscribe({ kinds: ['generate'] });
    const options = { content: 'lesson_plan', gap: GAP };
    const id = idOf(await send({ options }));
    const { material } = await harness.add();
    const ofMaterial = idOf(await send({ materialId: material.id, options: { content: 'quiz' } }));
    const eventOf = (job: JobId) =>
      until(() => harness.receiver.received.find(({ event }) => event.data.job?.id === job)?.event);
    expect(await eventOf(id)).toMatchObject({
      type: 'job.requested',
      data: { job: { id, kind: 'generate', attempt: 1, options }, material: null },
    });
    expect(await eventOf(ofMaterial)).toMatchObject({ data: { material: { id: material.id } } });
    expect(harness.receiver.received.map(({ event }) => event.data.job?.kind)).not.toContain(
      'analyze',
    );
  });

  it('shows the options of a generate job in the sample event', async () => {
    await harness.subscribe({ kinds: ['generate'], test: true });
    const { event } = await until(() =>
      harness.receiver.received.find((received) => received.event.test === true),
    );
    expect(event.data.job).toMatchObject({
      kind: 'generate',
      options: { content: 'lesson_plan' },
    });
  });

  it('starts the next attempt when the lease of the execution that opened the job is over', async () => {
    const { id, claim } = await claimed({ options: { content: 'quiz', gap: GAP } });
    const past = sql<Date>`now() - interval '1 second'`;
    await harness.db
      .updateTable('jobs')
      .set({ leaseUntil: past, nextAt: past })
      .where('id', '=', id)
      .execute();
    const row = await until(async () => {
      const job = await harness.job(id);
      return job.attempt === 2 ? job : null;
    });
    expect(row).toMatchObject({ stage: 'queued', executionId: null });
    expect(await complete(claim, QUIZ)).toMatchObject(isConflict('attempt-over'));
    expect(await contentsOf(id)).toEqual([]);
  });
});
