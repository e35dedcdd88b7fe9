import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import { verify } from '../../core/index.ts';
import {
  SERVICE_KEY,
  startHarness,
  TO_N8N,
  until,
  type Harness,
} from '../../test/harness/portal.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ timing: { backoff: { first: 10, most: 20 } } });
});
afterAll(() => harness.stop());
beforeEach(async () => {
  await harness.db.deleteFrom('subscriptions').execute();
  harness.receiver.received.length = 0;
  harness.receiver.answer = (res) => void res.writeHead(202).end();
});

const at = (path: string) => `${harness.receiver.url}${path}`;
const remove = (url: string) =>
  harness.request('DELETE', `/api/webhook/subscriptions?url=${encodeURIComponent(url)}`, {
    token: SERVICE_KEY,
  });
const list = async (url?: string) => {
  const query = url === undefined ? '' : `?url=${encodeURIComponent(url)}`;
  const path = `/api/webhook/subscriptions${query}`;
  const { body } = await harness.request('GET', path, { token: SERVICE_KEY });
  const items = z.array(
    z.looseObject({
      url: z.string(),
      claims: z.array(z.string()),
      lastDelivery: z.object({ status: z.number().nullable() }).nullable(),
    }),
  );
  return z.object({ items }).parse(body).items;
};

const claimant = async () =>
  (await list()).filter(({ claims }) => claims.includes('analyze')).map(({ url }) => url);
const workflow = { instanceId: 'n1', id: 'w1', name: 'Analisis materi', nodeId: 'trigger' };

describe('a subscription', () => {
  it('puts a subscription, finds it, puts it again under the same id, and takes it back', async () => {
    const url = at('/webhook/a?x=1');
    const first = await harness.subscribe({ url });
    expect(first).toMatchObject({
      status: 200,
      body: {
        subscription: {
          url,
          eventTypes: ['job.requested'],
          kinds: ['analyze'],
          test: false,
          claims: ['analyze'],
          lastDelivery: null,
        },
      },
    });
    const { id } = (first.body as { subscription: { id: string } }).subscription;
    const again = await harness.subscribe({ url, kinds: ['generate', 'generate'] });
    expect(again.body).toMatchObject({
      subscription: { id, kinds: ['generate'], claims: ['generate'] },
    });
    expect(await list(url)).toHaveLength(1);
    expect(await list(at('/webhook/b'))).toEqual([]);
    expect((await remove(url)).status).toBe(204);
    expect((await remove(url)).status).toBe(204);
    expect(await list()).toEqual([]);
  });

  it('gives a subscription that takes over the jobs of another these jobs, until it is taken back', async () => {
    await harness.subscribe({ url: at('/old') });
    await harness.subscribe({ url: at('/new'), takeOver: true });
    expect(await claimant()).toEqual([at('/new')]);
    await harness.subscribe({ url: at('/new') });
    expect(await claimant()).toEqual([at('/new')]);
    await harness.subscribe({ url: at('/old'), takeOver: true });
    expect(await claimant()).toEqual([at('/old')]);
    await remove(at('/old'));
    expect(await claimant()).toEqual([at('/new')]);

    const { job } = await harness.add();
    const post = await until(() =>
      harness.receiver.received.find(({ event }) => event.data.job?.id === job.id),
    );
    expect(post.path).toBe('/new');
  });

  it('refuses a subscription while another workflow takes the jobs of its kind, and names that workflow and its address', async () => {
    const url = at('/first');
    await harness.subscribe({ url, workflow });
    const refused = await harness.subscribe({ url: at('/second'), kinds: ['generate', 'analyze'] });
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/kind-taken' } });
    expect(refused.body).toMatchObject({
      detail:
        `The workflow "Analisis materi" at ${url} takes the jobs of the kind "analyze". ` +
        'Unpublish that workflow first. If that is not possible, take over its jobs.',
    });
    expect(await list(at('/second'))).toEqual([]);
    expect(await claimant()).toEqual([url]);
  });

  it('refuses a subscription with the last failure of the other workflow when that workflow is gone', async () => {
    harness.receiver.answer = (res) => void res.writeHead(404).end();
    await harness.subscribe({ url: at('/gone'), workflow });
    await harness.add();
    await until(async () => (await list())[0]?.lastDelivery?.status === 404);
    const { body } = await harness.subscribe({ url: at('/second') });
    expect(body).toMatchObject({
      detail: expect.stringMatching(/It did not accept its last event, at \S+: status 404\. /),
    });
  });

  it('puts a second subscription that wants other kinds, or only events without a job', async () => {
    await harness.subscribe({ url: at('/first') });
    expect((await harness.subscribe({ url: at('/other'), kinds: ['generate'] })).status).toBe(200);
    const listener = { url: at('/listener'), eventTypes: ['material.created'] };
    expect((await harness.subscribe(listener)).status).toBe(200);
    expect((await harness.subscribe({ url: at('/test'), test: true })).status).toBe(200);
    expect(await claimant()).toEqual([at('/first')]);
  });

  it('replaces the subscription of a trigger that comes with a new address', async () => {
    await harness.subscribe({ url: at('/before'), workflow });
    const renamed = { ...workflow, name: 'Analisis materi 2' };
    expect((await harness.subscribe({ url: at('/after'), workflow: renamed })).status).toBe(200);
    expect(await list()).toMatchObject([{ url: at('/after'), workflow: renamed }]);
  });

  it('refuses the subscription of the same workflow in another n8n', async () => {
    await harness.subscribe({ url: at('/first'), workflow });
    const copy = { url: at('/copy'), workflow: { ...workflow, instanceId: 'n2' } };
    expect((await harness.subscribe(copy)).status).toBe(409);
  });

  it('puts exactly one subscription if several workflows are published at once', async () => {
    const urls = Array.from({ length: 8 }, (_, number) => at(`/at-once/${number}`));
    const answers = await Promise.all(urls.map((url) => harness.subscribe({ url })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
    expect(await claimant()).toHaveLength(1);
  });

  it.each([
    ['an empty name', { ...workflow, name: '' }],
    ['a name of 201 characters', { ...workflow, name: 'x'.repeat(201) }],
    ['no instance', { id: 'w1', name: 'Analisis', nodeId: 'n' }],
  ])('whose workflow has %s is refused', async (_, wrong) => {
    expect((await harness.subscribe({ workflow: wrong })).status).toBe(422);
  });

  it('lets a subscription without job.requested claim nothing', async () => {
    const { body } = await harness.subscribe({ eventTypes: ['material.created'] });
    expect(body).toMatchObject({ subscription: { kinds: ['analyze'], claims: [] } });
  });

  it.each([
    'http://127.0.0.1:1/webhook',
    'http://169.254.169.254/latest/meta-data',
    'https://n8n.example.org/webhook',
    'ftp://127.0.0.1/x',
    'not a url',
  ])('at %s, which is not of N8N_ORIGINS, is refused', async (url) => {
    expect(await harness.subscribe({ url })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'url' }] },
    });
    expect(await list()).toEqual([]);
  });

  it('refuses a subscription at an origin that only looks like n8n’s', async () => {
    const { port } = new URL(harness.receiver.url);
    for (const host of [`127.0.0.1:${port}@evil.example`, `127.0.0.1.evil.example:${port}`]) {
      expect((await harness.subscribe({ url: `http://${host}/webhook` })).status).toBe(422);
    }
  });

  it('refuses a subscription with wrong fields, and names their paths', async () => {
    const wrong = { eventTypes: [], kinds: ['paint'], test: 'yes', more: 1 };
    const { status, body } = await harness.subscribe(wrong);
    expect(status).toBe(422);
    const paths = (body as { errors: { path: string }[] }).errors.map(({ path }) => path);
    expect(paths).toEqual(['eventTypes', 'kinds.0', 'test', 'more']);
  });
});

describe('a test subscription', () => {
  it('sends a test subscription one signed sample, and never a real job', async () => {
    await harness.subscribe({ url: at('/real') });
    const { body } = await harness.subscribe({ url: at('/test'), test: true });
    expect(body).toMatchObject({ subscription: { test: true, claims: [] } });
    const sample = await until(() =>
      harness.receiver.received.find(({ path }) => path === '/test'),
    );
    expect(sample.event).toMatchObject({
      type: 'job.requested',
      test: true,
      data: { job: { kind: 'analyze', attempt: 1 }, material: { title: expect.any(String) } },
    });
    const now = Date.now() / 1_000;
    verify(TO_N8N, { headers: { ...sample.headers }, body: sample.body, now });

    const { job } = await harness.add();
    await until(async () => (await harness.job(job.id)).stage === 'delivered');
    expect(harness.receiver.received.map(({ path }) => path)).toEqual(['/test', '/real']);
  });

  it('sends a sample with an unknown job and material, so that its callback gets 404', async () => {
    await harness.subscribe({ url: at('/test'), test: true });
    const { event } = await until(() => harness.receiver.received[0]);
    const { job, material } = event.data;
    const claim = { jobId: job?.id, attempt: 1, executionId: 'test' };
    expect((await harness.callback('job.started', claim)).status).toBe(404);
    const path = `/api/materials/${material?.id}`;
    expect((await harness.request('GET', path, { token: SERVICE_KEY })).status).toBe(404);
  });

  it('sends a test subscription for material.created a sample without a job', async () => {
    await harness.subscribe({ eventTypes: ['material.created'], kinds: [], test: true });
    const { event } = await until(() => harness.receiver.received[0]);
    expect(event).toMatchObject({ type: 'material.created', test: true, data: { job: null } });
  });

  it('sends the sample again a moment later if the test workflow is not up yet', async () => {
    let refusals = 1;
    harness.receiver.answer = (res) => void res.writeHead(refusals-- > 0 ? 404 : 202).end();
    await harness.subscribe({ test: true });
    await until(() => harness.receiver.received.length === 2);
    const ids = harness.receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
  });
});
