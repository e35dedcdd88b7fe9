import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { z } from 'zod/v4';
import { jobIdSchema, type JobId } from '../db/ids.ts';
import { createLogger } from '../log.ts';
import { startPortal } from '../start.ts';
import { SERVICE_KEY, someResult, startHarness, type Harness } from '../../test/harness/portal.ts';

const jobSchema = z.object({
  id: jobIdSchema,
  status: z.string(),
  progress: z.number(),
  executionId: z.string().nullable(),
});

let harness: Harness;
let teacher: Awaited<ReturnType<Harness['person']>>;
beforeAll(async () => {
  harness = await startHarness({ timing: { heartbeat: 100 } });
  teacher = await harness.person();
});
afterAll(() => harness.stop());

/** An open stream, read event by event. */
class Stream {
  readonly status: number;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #abort: AbortController;
  #text = '';

  private constructor(response: Response, abort: AbortController) {
    this.status = response.status;
    this.#abort = abort;
    this.#chunks = (response.body ?? new ReadableStream())[Symbol.asyncIterator]();
  }

  static async open(
    id: JobId,
    { token = teacher.token, url = harness.portal.url, lastEventId = '' } = {},
  ): Promise<Stream> {
    const abort = new AbortController();
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(lastEventId === '' ? {} : { 'Last-Event-ID': lastEventId }),
    };
    const path = `${url}/api/jobs/${id}/events`;
    return new Stream(await fetch(path, { headers, signal: abort.signal }), abort);
  }

  /** The next event; null: the stream has ended. Heartbeats are passed over. */
  async next(): Promise<{ id: string; job: z.infer<typeof jobSchema> } | null> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end < 0) {
        const chunk = await this.#chunks.next();
        if (chunk.done === true) return null;
        this.#text += new TextDecoder().decode(chunk.value);
        continue;
      }
      const lines = this.#text.slice(0, end).split('\n');
      this.#text = this.#text.slice(end + 2);
      const field = (name: string) =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
      if (field('event') !== 'job') continue;
      return { id: field('id'), job: jobSchema.parse(JSON.parse(field('data'))) };
    }
  }

  /** The job as soon as it is like this. */
  async until(isWanted: (job: z.infer<typeof jobSchema>) => boolean) {
    for (;;) {
      const event = await this.next();
      if (event === null) throw new Error('The stream has ended.');
      if (isWanted(event.job)) return event;
    }
  }

  close(): void {
    this.#abort.abort();
  }
}

const claim = (jobId: JobId, more: object = {}) => ({
  jobId,
  attempt: 1,
  executionId: 'e1',
  ...more,
});
const open = async (token = teacher.token) => (await harness.add(token)).job.id;

describe('The stream of a job', () => {
  it('shows the job now and after each change, and ends with the job', async () => {
    const id = await open();
    const stream = await Stream.open(id);
    expect((await stream.next())?.job).toMatchObject({ id, status: 'PROCESSING', progress: 0 });
    await harness.callback('job.started', claim(id));
    expect((await stream.until(({ executionId }) => executionId === 'e1')).job.progress).toBe(0);
    await harness.callback('job.progress', claim(id, { progress: 40 }));
    await stream.until(({ progress }) => progress === 40);
    await harness.callback('job.completed', claim(id, { result: someResult() }));
    await stream.until(({ status }) => status === 'COMPLETED');
    expect(await stream.next()).toBeNull();
  });

  it('shows a change that another instance made', async () => {
    const { config, timing } = harness;
    const other = await startPortal({ config, timing, log: createLogger('silent') });
    try {
      const id = await open();
      const stream = await Stream.open(id, { url: other.url });
      await stream.next();
      await harness.callback('job.started', claim(id));
      await stream.until(({ executionId }) => executionId === 'e1');
      stream.close();
    } finally {
      await other.stop();
    }
  });

  it('begins after the last event that the client has', async () => {
    const id = await open();
    await harness.callback('job.started', claim(id));
    const first = await Stream.open(id);
    const { id: lastEventId = '' } = (await first.next()) ?? {};
    first.close();
    const second = await Stream.open(id, { lastEventId });
    await harness.callback('job.progress', claim(id, { progress: 70 }));
    expect((await second.next())?.job.progress).toBe(70);
    second.close();
  });

  it('answers 204 to a client that has the end already, so that it connects no more', async () => {
    const id = await open();
    await harness.callback('job.started', claim(id));
    await harness.callback('job.completed', claim(id, { result: someResult() }));
    const stream = await Stream.open(id);
    const { id: lastEventId = '' } = (await stream.next()) ?? {};
    expect(await stream.next()).toBeNull();
    expect((await Stream.open(id, { lastEventId })).status).toBe(204);
  });

  it('goes on after PostgreSQL has ended the connection that listens', async () => {
    const id = await open();
    const stream = await Stream.open(id);
    await stream.next();
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'materi-api-jobs' and datname = current_database()`.execute(
      harness.db,
    );
    await harness.callback('job.started', claim(id));
    await stream.until(({ executionId }) => executionId === 'e1');
    stream.close();
  });

  it('ends when the person signs out', async () => {
    const person = await harness.person();
    const stream = await Stream.open(await open(person.token), { token: person.token });
    await stream.next();
    await harness.request('POST', '/api/auth/logout', { token: person.token });
    await expect(stream.until(() => false)).rejects.toThrow('The stream has ended.');
  });

  it('ends when the instance stops', async () => {
    const { config, timing } = harness;
    const other = await startPortal({ config, timing, log: createLogger('silent') });
    const stream = await Stream.open(await open(), { url: other.url });
    await stream.next();
    await other.stop();
    await expect(stream.until(() => false)).rejects.toThrow('The stream has ended.');
  });

  it('is refused with 404 to another teacher, and with 401 without a sign-in', async () => {
    const id = await open();
    const other = await harness.person();
    expect((await Stream.open(id, { token: other.token })).status).toBe(404);
    expect((await Stream.open(id, { token: 'none' })).status).toBe(401);
    const forAdmin = await Stream.open(id, { token: (await harness.person('admin')).token });
    expect((await forAdmin.next())?.job.id).toBe(id);
    forAdmin.close();
  });

  it('is refused with 429 beyond ten of a person, until one is closed', async () => {
    const { token } = await harness.person();
    const id = await open(token);
    const streams = await Promise.all(Array.from({ length: 10 }, () => Stream.open(id, { token })));
    await Promise.all(streams.map((stream) => stream.next()));
    const refused = await harness.request('GET', `/api/jobs/${id}/events`, { token });
    expect(refused).toMatchObject({
      status: 429,
      body: { type: '/problems/too-many-streams' },
    });
    expect(refused.headers.get('Retry-After')).toBe('5');
    streams[0]?.close();
    let again = await Stream.open(id, { token });
    while (again.status === 429) again = await Stream.open(id, { token });
    expect((await again.next())?.job.id).toBe(id);
    for (const stream of [...streams, again]) stream.close();
  });

  it('answers HEAD without a stream', async () => {
    const { status, body } = await harness.request('HEAD', `/api/jobs/${await open()}/events`, {
      token: teacher.token,
    });
    expect([status, body]).toEqual([200, null]);
  });
});

describe('A job that is opened by hand', () => {
  const openJob = (body: object, token: string, key?: string) =>
    harness.request('POST', '/api/jobs', {
      token,
      body,
      headers: key === undefined ? {} : { 'Idempotency-Key': key },
    });
  /** Adds a material and completes its analysis. */
  async function analysed() {
    const { material, job } = await harness.add();
    await harness.callback('job.started', claim(job.id));
    await harness.callback('job.completed', claim(job.id, { result: someResult() }));
    return material.id;
  }

  it('is opened by a service or an admin, and is due', async () => {
    const materialId = await analysed();
    const answer = await openJob({ kind: 'analyze', materialId }, SERVICE_KEY);
    expect(answer).toMatchObject({
      status: 201,
      body: { kind: 'analyze', materialId, status: 'PROCESSING', executionId: null },
    });
    const { id } = jobSchema.parse(answer.body);
    expect(answer.headers.get('Location')).toBe(`/api/jobs/${id}`);
    expect(await openJob({ kind: 'analyze', materialId }, SERVICE_KEY)).toMatchObject({
      status: 409,
      body: { type: '/problems/job-open' },
    });
    const { token } = await harness.person('admin');
    const other = await openJob({ kind: 'analyze', materialId: await analysed() }, token);
    expect(other.status).toBe(201);
  });

  it('is claimed already by an execution that opens it for itself', async () => {
    const body = { kind: 'analyze', materialId: await analysed(), executionId: 'e1' };
    const answer = await openJob(body, SERVICE_KEY);
    expect(answer).toMatchObject({ status: 201, body: { executionId: 'e1' } });
    const { id } = jobSchema.parse(answer.body);
    const ended = await harness.callback('job.completed', claim(id, { result: someResult() }));
    expect(ended.status).toBe(200);
  });

  it('is opened once for one Idempotency-Key', async () => {
    const body = { kind: 'analyze', materialId: await analysed() };
    const [one, other] = [
      await openJob(body, SERVICE_KEY, 'k1'),
      await openJob(body, SERVICE_KEY, 'k1'),
    ];
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(other.body).toEqual(one.body);
    expect(other.headers.get('Idempotency-Replayed')).toBe('true');
  });

  it.each<[string, object, number]>([
    ['without a material', { kind: 'analyze' }, 422],
    ['of an unknown kind', { kind: 'translate', materialId: undefined }, 422],
    [
      'for a material that does not exist',
      { kind: 'analyze', materialId: '01980000-0000-7000-8000-000000000001' },
      404,
    ],
  ])('is refused %s', async (_, body, status) => {
    expect((await openJob(body, SERVICE_KEY)).status).toBe(status);
  });

  it('is refused to a teacher', async () => {
    const body = { kind: 'analyze', materialId: await analysed() };
    expect((await openJob(body, teacher.token)).status).toBe(403);
  });
});
