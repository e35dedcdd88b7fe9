import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runNode, type NodeRun } from '../harness/nodes/engine/run.ts';
import { JOB } from '../harness/nodes/materials.ts';
import { TestPortal } from '../harness/nodes/portal/testPortal.ts';

let portal: TestPortal;
beforeEach(async () => {
  portal = await TestPortal.start();
});
afterEach(async () => {
  await portal.stop();
});

const report = async (
  parameters: INodeParameters = {},
  item: IDataObject = { job: JOB },
): Promise<NodeRun> =>
  await runNode('materiJob', { operation: 'progress', ...parameters }, [item], {
    credentials: { materiPortalApi: portal.credential },
    executionId: '4711',
  });

describe('Materi Job: Report Progress', () => {
  it.each([
    [40, 40],
    ['={{ "66.6" }}', 67],
    [0, 0],
    [100, 100],
  ])('reports the progress %j, signed, as %i', async (progress, reported) => {
    const { items } = await report({ progress });
    expect(portal.reports.map(({ event }) => event)).toMatchObject([
      {
        type: 'job.progress',
        data: { jobId: JOB.id, attempt: 2, executionId: '4711', progress: reported },
      },
    ]);
    expect(items[0]?.json).toEqual({ job: JOB, reported: true });
  });

  it.each([-1, 101, '={{ "half" }}'])('refuses %j before it asks the portal', async (progress) => {
    const { error } = await report({ progress });
    expect(error?.message).toContain('from 0 to 100');
    expect(portal.seen).toEqual([]);
  });

  it('sends the same progress again as another report, so that the lease begins anew', async () => {
    await report({ progress: 50 });
    await report({ progress: 50 });
    expect(new Set(portal.reports.map(({ webhookId }) => webhookId)).size).toBe(2);
  });

  it('tries again with the same webhook-id after a lost answer', async () => {
    portal.next.push({ status: 200, drop: true });
    await report({ progress: 50 });
    expect(portal.reports).toHaveLength(2);
    expect(new Set(portal.reports.map(({ webhookId }) => webhookId)).size).toBe(1);
  });

  it('stops the workflow when another execution has the job now', async () => {
    portal.next.push({ status: 409, body: { title: 'The attempt is over' } });
    const { error } = await report();
    expect(error).toMatchObject({
      httpCode: '409',
      message: expect.stringContaining('The attempt is over'),
    });
  });

  it('sends nothing for a sample', async () => {
    const { items } = await report({}, { test: true, job: JOB });
    expect(items[0]?.json).toMatchObject({ reported: false });
    expect(portal.seen).toEqual([]);
  });
});
