import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runNode, type NodeRun } from '../harness/nodes/engine/run.ts';
import { JOB } from '../harness/nodes/materials.ts';
import { FROM_N8N, secret, TestPortal } from '../harness/nodes/portal/testPortal.ts';

let portal: TestPortal;
beforeEach(async () => {
  portal = await TestPortal.start();
});
afterEach(async () => {
  await portal.stop();
});

const start = async (
  items: IDataObject[] = [{ eventId: 'msg_1', job: JOB }],
  parameters: INodeParameters = {},
): Promise<NodeRun> =>
  await runNode('materiJob', { operation: 'start', ...parameters }, items, {
    credentials: { materiPortalApi: portal.credential },
    executionId: '4711',
  });

describe('Materi Job: Start', () => {
  it('claims the attempt for this execution, signed, and passes on what came in', async () => {
    const { items } = await start();
    expect(portal.reports.map(({ event }) => event)).toEqual([
      {
        type: 'job.started',
        timestamp: expect.any(String),
        data: { jobId: JOB.id, attempt: 2, executionId: '4711' },
      },
    ]);
    expect(items).toEqual([
      {
        json: { eventId: 'msg_1', job: { ...JOB, executionId: '4711' } },
        pairedItem: { item: 0 },
      },
    ]);
  });

  it('claims a job for a gap, and passes on that it has no material', async () => {
    const options = { content: 'quiz', gap: { subject: 'IPA', level: 'Fase B' } };
    const job = { ...JOB, kind: 'generate', options };
    const { items, error } = await start([{ job, material: null }]);
    expect(error).toBeUndefined();
    expect(items).toEqual([
      { json: { job: { ...job, executionId: '4711' }, material: null }, pairedItem: { item: 0 } },
    ]);
  });

  it('ends the workflow without items and without an error when another execution has the job', async () => {
    portal.next.push({ status: 409, body: { title: 'Another execution has claimed the job' } });
    const { items, error, hints } = await start();
    expect(error).toBeUndefined();
    expect(items).toEqual([]);
    expect(hints.join()).toContain('Another execution has claimed the job');
  });

  it('goes on with the jobs that are free when one of several is not', async () => {
    const other = { ...JOB, id: '01980000-0000-7000-8000-0000000000a2' };
    portal.answer = ({ body }) => ({ status: body.includes(JOB.id) ? 409 : 200, body: {} });
    const { items } = await start([{ job: JOB }, { job: other }]);
    expect(items).toEqual([
      { json: { job: { ...other, executionId: '4711' } }, pairedItem: { item: 1 } },
    ]);
  });

  it('fails for a job that the portal does not know, and says what to check', async () => {
    portal.next.push({ status: 404, body: { title: 'Not found', detail: 'There is no job.' } });
    const { error } = await start();
    expect(error).toMatchObject({
      name: 'NodeApiError',
      httpCode: '404',
      message: expect.stringContaining('There is no job.'),
      description: expect.stringContaining('Check Job ID'),
    });
  });

  it('fails where an option is no number, and names the option', async () => {
    const { error } = await start(undefined, { options: { giveUpAfter: '={{ "lama" }}' } });
    expect(error?.message).toContain('Give Up After (Seconds) is "lama"');
    expect(portal.seen).toEqual([]);
  });

  it('asks the portal nothing when the event offers no job', async () => {
    const { items, error } = await start([{ eventId: 'msg_1', job: null, material: null }]);
    expect(error).toBeUndefined();
    expect(items).toEqual([]);
    expect(portal.seen).toEqual([]);
  });

  it('lets a sample through without claiming anything', async () => {
    const { items, hints } = await start([{ test: true, job: JOB }]);
    expect(items.map(({ json }) => json)).toEqual([{ test: true, job: JOB }]);
    expect(hints.join()).toContain('sample');
    expect(portal.seen).toEqual([]);
  });

  it('tries again with the same webhook-id while the portal is away, restarting or too busy', async () => {
    portal.next.push(
      { status: 200, drop: true },
      { status: 503 },
      { status: 429, headers: { 'retry-after': '1' } },
    );
    const { items, error } = await start();
    expect(error).toBeUndefined();
    expect(items).toHaveLength(1);
    expect(portal.reports).toHaveLength(4);
    expect(new Set(portal.reports.map(({ webhookId }) => webhookId)).size).toBe(1);
    expect(new Set(portal.reports.map(({ body }) => body)).size).toBe(1);
  });

  it('gives up in the time set, with an error that another try may mend', async () => {
    portal.answer = () => ({ status: 503, body: { title: 'Not available at the moment' } });
    const { error } = await start(undefined, { options: { giveUpAfter: 0 } });
    expect(error).toMatchObject({
      name: 'NodeApiError',
      httpCode: '503',
      context: { failure: { code: 'workflow_error', retryable: true } },
    });
  });

  it('does not go on when its signature is refused', async () => {
    const { error } = await runNode('materiJob', { operation: 'start' }, [{ job: JOB }], {
      credentials: {
        materiPortalApi: { ...portal.credential, secretFromN8n: secret('an old secret') },
      },
    });
    expect(portal.unsigned).toHaveLength(1);
    expect(error?.description).toContain('Secret From n8n');
  });

  it('signs with the first of two secrets while they are rotated', async () => {
    await runNode('materiJob', { operation: 'start' }, [{ job: JOB }], {
      credentials: {
        materiPortalApi: {
          ...portal.credential,
          secretFromN8n: `${FROM_N8N}, ${secret('the one before')}`,
        },
      },
    });
    expect(portal.reports).toHaveLength(1);
  });

  it('refuses an attempt that is no number before asking the portal', async () => {
    const { error } = await start([{ job: { ...JOB, attempt: 'second' } }]);
    expect(error?.message).toContain('data.attempt');
    expect(portal.seen).toEqual([]);
  });
});
