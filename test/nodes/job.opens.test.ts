import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { runNode, type NodeRun } from '../harness/nodes/engine/run.ts';
import { aJob, aMaterial } from '../harness/nodes/materials.ts';
import { TestPortal } from '../harness/nodes/portal/testPortal.ts';

let portal: TestPortal;
beforeEach(async () => {
  portal = await TestPortal.start();
  portal.answer = ({ body }) => {
    const { kind, options = {} } = JSON.parse(body) as IDataObject;
    return { status: 201, body: aJob(1, { kind, options, attempt: 1 }) };
  };
});
afterEach(async () => {
  await portal.stop();
});

const open = async (
  parameters: INodeParameters,
  items: readonly IDataObject[] = [{}],
  onError?: OnError,
): Promise<NodeRun> =>
  await runNode(
    'materiJob',
    { operation: 'start', startFrom: 'new', ...parameters },
    items,
    { credentials: { materiPortalApi: portal.credential }, executionId: '4711' },
    onError === undefined ? {} : { onError },
  );

const bodies = () => portal.seen.map(({ body }) => JSON.parse(body) as IDataObject);
const keys = () => portal.seen.map(({ headers }) => headers['idempotency-key']);

describe('Materi Job: Start a new job', () => {
  const material = aMaterial();
  const id = '01980000-0000-7000-8000-000000000001';

  it('opens the analysis of the material of each item, claimed by this execution', async () => {
    const { items, error } = await open({}, [{ material, row: 7 }]);
    expect(error).toBeUndefined();
    expect(portal.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/jobs']);
    expect(bodies()).toEqual([{ kind: 'analyze', materialId: id, executionId: '4711' }]);
    const job = { id: aJob(1)['id'], kind: 'analyze', attempt: 1, options: {} };
    expect(items).toEqual([
      { json: { material, row: 7, job: { ...job, executionId: '4711' } }, pairedItem: { item: 0 } },
    ]);
  });

  it('opens a draft for a material that was chosen from the list', async () => {
    const chosen = { __rl: true, mode: 'list', value: id };
    await open({ kind: 'generate', content: 'quiz', material: chosen });
    expect(bodies()).toEqual([
      { kind: 'generate', materialId: id, options: { content: 'quiz' }, executionId: '4711' },
    ]);
  });

  it('opens a draft for a gap', async () => {
    const gap = { subject: 'Matematika', level: 'Fase B' };
    await open({ kind: 'generate', content: 'worksheet', about: 'gap', ...gap });
    expect(bodies()).toEqual([
      { kind: 'generate', options: { content: 'worksheet', gap }, executionId: '4711' },
    ]);
  });

  it('gives no item, and a hint, where such a job is open already', async () => {
    portal.next.push({
      status: 409,
      body: { type: 'https://portal.test/problems/job-open', title: 'Another job is open' },
    });
    const { items, error, hints } = await open({}, [{ material }, { material: aMaterial(2) }]);
    expect(error).toBeUndefined();
    expect(items).toHaveLength(1);
    expect(hints.join()).toContain('Another job is open');
  });

  it('sends each try with one key, and each item with its own', async () => {
    portal.next.push({ status: 201, drop: true });
    await open({}, [{ material }]);
    await open({}, [{ material }, { material }]);
    const [first, second, third, fourth] = keys();
    expect(first).toMatch(/^n8n_[0-9a-f]{32}$/);
    expect([second, third]).toEqual([first, first]);
    expect(fourth).not.toBe(first);
  });

  it.each([404, 410])('says that the material is gone (%i)', async (status) => {
    portal.next.push({ status, body: { title: 'Not found' } });
    const { items } = await open({}, [{ material }], 'continueRegularOutput');
    expect(items[0]?.json['error']).toMatchObject({ code: 'not_found', retryable: false });
  });

  it('shows what the portal says of a subject that it does not take', async () => {
    const errors = [{ path: 'options.gap.subject', message: 'Too small' }];
    portal.next.push({ status: 422, body: { title: 'Not valid', errors } });
    const { error } = await open({ kind: 'generate', about: 'gap', subject: '={{ " " }}' });
    expect(error?.message).toContain('options.gap.subject: Too small');
  });

  it('refuses an ID that is none before it asks the portal', async () => {
    const { error } = await open({}, [{ material: { id: 'row 7' } }]);
    expect(error?.message).toContain('"row 7" is not the ID of a material.');
    expect(portal.seen).toEqual([]);
  });
});
