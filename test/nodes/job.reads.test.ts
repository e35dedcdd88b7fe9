import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { runNode, type NodeRun } from '../harness/nodes/engine/run.ts';
import { aJob, JOB } from '../harness/nodes/materials.ts';
import { TestPortal } from '../harness/nodes/portal/testPortal.ts';

let portal: TestPortal;
beforeEach(async () => {
  portal = await TestPortal.start();
});
afterEach(async () => {
  await portal.stop();
});

const run = async (
  parameters: INodeParameters,
  items: readonly IDataObject[] = [{}],
  onError?: OnError,
): Promise<NodeRun> =>
  await runNode(
    'materiJob',
    parameters,
    items,
    { credentials: { materiPortalApi: portal.credential }, executionId: '4711' },
    onError === undefined ? {} : { onError },
  );

const jsons = ({ items }: NodeRun) => items.map(({ json }) => json);

describe('Materi Job: Get', () => {
  const get = { operation: 'get' };

  it('adds the job to what came in, and reads an ID that comes twice once', async () => {
    const job = aJob(1, { result: { summary: 'Daun' } });
    portal.answer = () => ({ status: 200, body: job });
    const ran = await run(get, [
      { job: { id: job['id'] }, row: 1 },
      { job: { id: job['id'] }, row: 2 },
    ]);
    expect(jsons(ran)).toEqual([
      { row: 1, job },
      { row: 2, job },
    ]);
    expect(portal.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/jobs/01980000-0000-7000-8000-000000000001',
    ]);
  });

  it('fails for a job that the portal does not know', async () => {
    portal.next.push({ status: 404, body: { title: 'Not found', detail: 'There is no job.' } });
    const { error } = await run(get, [{ job: JOB }]);
    expect(error).toMatchObject({
      httpCode: '404',
      message: expect.stringContaining('There is no job.'),
      description: expect.stringContaining('Check Job ID'),
    });
  });

  it('refuses an ID that is none before it asks the portal', async () => {
    const { error } = await run({ ...get, jobId: '../users' });
    expect(error?.message).toContain('"../users" is not the ID of a job.');
    expect(portal.seen).toEqual([]);
  });

  it('says what to check when the key is not accepted', async () => {
    portal.next.push({ status: 401, body: { title: 'Not signed in' } });
    const { error } = await run(get, [{ job: JOB }]);
    expect(error?.description).toContain('Check the API Key');
  });

  it('refuses an answer that is no job', async () => {
    portal.next.push({ status: 200, body: { other: true } });
    const { error } = await run(get, [{ job: JOB }]);
    expect(error?.message).toContain('is not a job');
  });

  it('lets a sample through', async () => {
    const ran = await run(get, [{ test: true, job: JOB }]);
    expect(jsons(ran)).toEqual([{ test: true, job: JOB }]);
    expect(portal.seen).toEqual([]);
  });
});

describe('Materi Job: Get Many', () => {
  const getMany = { operation: 'getMany' };
  const queries = () =>
    portal.seen.map(({ search }) => Object.fromEntries([...new URLSearchParams(search)]));
  /** Answers pages of 200 of so many jobs. */
  const listing = (count: number) => {
    portal.answer = ({ search }) => {
      const query = new URLSearchParams(search);
      const [from, limit] = [Number(query.get('cursor')), Number(query.get('limit'))];
      const to = Math.min(count, from + limit);
      const items = Array.from({ length: to - from }, (_, at) => aJob(from + at + 1));
      return { status: 200, body: { items, nextCursor: to < count ? String(to) : null } };
    };
  };

  it('asks with the filters that are set, and gives each job as an item', async () => {
    listing(2);
    const filters = { status: 'FAILED', kind: 'generate', materialId: '' };
    const ran = await run({ ...getMany, filters });
    expect(queries()).toEqual([{ status: 'FAILED', kind: 'generate', limit: '50' }]);
    expect(jsons(ran)).toEqual([{ job: aJob(1) }, { job: aJob(2) }]);
    expect(ran.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
  });

  it('reads no more than the limit', async () => {
    listing(1_000);
    const ran = await run({ ...getMany, limit: 250 });
    expect(ran.items).toHaveLength(250);
    expect(queries()).toEqual([{ limit: '200' }, { limit: '50', cursor: '200' }]);
  });

  it('reads all pages with Return All', async () => {
    listing(450);
    const ran = await run({ ...getMany, returnAll: true });
    expect(ran.items).toHaveLength(450);
    expect(queries()).toHaveLength(3);
  });

  it('reads one list for items with the same filters', async () => {
    listing(1);
    const ran = await run(getMany, [{}, {}, {}]);
    expect(ran.items).toHaveLength(3);
    expect(portal.seen).toHaveLength(1);
  });

  it('gives no items when there are no jobs', async () => {
    listing(0);
    expect(await run(getMany)).toMatchObject({ items: [], error: undefined });
  });

  it('refuses a limit that is no whole number', async () => {
    const { error } = await run({ ...getMany, limit: '={{ 1.5 }}' });
    expect(error?.message).toContain('Limit is 1.5');
    expect(portal.seen).toEqual([]);
  });

  it('puts a refused filter into the item where the workflow goes on', async () => {
    portal.next.push({
      status: 422,
      body: { title: 'Not valid', errors: [{ path: 'materialId', message: 'Invalid UUID' }] },
    });
    const ran = await run(
      { ...getMany, filters: { materialId: 'x' } },
      [{}],
      'continueRegularOutput',
    );
    expect(jsons(ran)).toEqual([
      {
        error: expect.objectContaining({
          message: expect.stringContaining('materialId: Invalid UUID'),
        }),
      },
    ]);
  });
});
