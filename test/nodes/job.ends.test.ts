import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters, OnError } from 'n8n-workflow';
import { runNode, type NodeRun } from '../harness/nodes/engine/run.ts';
import { JOB, RESULT } from '../harness/nodes/materials.ts';
import { TestPortal } from '../harness/nodes/portal/testPortal.ts';

let portal: TestPortal;
beforeEach(async () => {
  portal = await TestPortal.start();
});
afterEach(async () => {
  await portal.stop();
});

const report = async (
  parameters: INodeParameters,
  item: IDataObject,
  onError?: OnError,
): Promise<NodeRun> =>
  await runNode(
    'materiJob',
    parameters,
    [item],
    { credentials: { materiPortalApi: portal.credential }, executionId: '4711' },
    onError === undefined ? {} : { onError },
  );

const events = () => portal.reports.map(({ event }) => event);

describe('Materi Job: Complete', () => {
  const complete = { operation: 'complete' };

  it('reports the result that Materi Gemini gives, without a field to be set', async () => {
    const { items } = await report(complete, { job: JOB, result: RESULT });
    expect(events()).toMatchObject([
      {
        type: 'job.completed',
        data: { jobId: JOB.id, attempt: 2, executionId: '4711', result: RESULT },
      },
    ]);
    expect(items[0]?.json).toMatchObject({ job: JOB, reported: true });
  });

  it('sends text of any script byte for byte as it was signed', async () => {
    const result = { ...RESULT, note: 'Aksara ꦗꦮ 😀 "kutip" \\ <b> \u2028' };
    await report(complete, { job: JOB, result });
    expect(portal.unsigned).toEqual([]);
    expect(events()).toMatchObject([{ data: { result } }]);
  });

  it('takes a result that was typed as JSON', async () => {
    await report({ ...complete, result: JSON.stringify(RESULT) }, { job: JOB });
    expect(events()).toMatchObject([{ data: { result: RESULT } }]);
  });

  it('repeats a report with the same webhook-id when the node is run again', async () => {
    await report(complete, { job: JOB, result: RESULT });
    await report(complete, { job: JOB, result: RESULT });
    const [first, second] = portal.reports;
    expect(first?.webhookId).toBe(second?.webhookId);
  });

  it('tells another attempt from this one by its webhook-id', async () => {
    await report(complete, { job: JOB, result: RESULT });
    await report(complete, { job: { ...JOB, attempt: 3 }, result: RESULT });
    const [first, second] = portal.reports;
    expect(first?.webhookId).not.toBe(second?.webhookId);
  });

  it('sends a result that was put right as another report, not as a repetition', async () => {
    await report(complete, { job: JOB, result: {} });
    await report(complete, { job: JOB, result: RESULT });
    const [first, second] = portal.reports;
    expect(first?.webhookId).not.toBe(second?.webhookId);
  });

  // nock decompresses an answer itself and knows no length, so these come from a real server.
  it.each<[string, Record<string, string>, string]>([
    ['a body that is no gzip', { 'content-encoding': 'gzip' }, 'compressed answer is damaged'],
    ['a body that is shorter than its length', { 'content-length': '9999' }, 'aborted'],
  ])('says which server gave no usable answer: %s', async (_, headers, said) => {
    portal.next.push({ status: 200, body: { job: {} }, headers });
    const { error } = await report(
      { ...complete, options: { giveUpAfter: 0 } },
      { job: JOB, result: RESULT },
    );
    expect(error?.message).toContain('The portal cannot be reached');
    expect(error?.message).toContain(said);
    expect(error?.message).toContain(new URL(portal.url).host);
  });

  it('shows the paths of a result that the portal refuses', async () => {
    portal.next.push({
      status: 422,
      body: {
        title: 'Some fields are not valid',
        errors: [{ path: 'data.result.analysis.level', message: 'Invalid option' }],
      },
    });
    const { error } = await report(complete, { job: JOB, result: {} });
    expect(error).toMatchObject({
      name: 'NodeApiError',
      httpCode: '422',
      message: expect.stringContaining('data.result.analysis.level: Invalid option'),
    });
  });

  it('routes a refused result to the error output, ready for Fail', async () => {
    portal.next.push({ status: 422, body: { title: 'Some fields are not valid' } });
    const { items, failed } = await report(
      complete,
      { job: JOB, result: {} },
      'continueErrorOutput',
    );
    expect(items).toEqual([]);
    expect(failed[0]?.json).toMatchObject({
      job: JOB,
      error: { code: 'answer_invalid', retryable: true },
    });
  });

  it('sends nothing for a sample', async () => {
    const { items } = await report(complete, { test: true, job: JOB, result: RESULT });
    expect(items[0]?.json).toMatchObject({ reported: false });
    expect(portal.seen).toEqual([]);
  });
});

describe('Materi Job: Fail', () => {
  const fail = { operation: 'fail' };
  const byExecution = { operation: 'fail', identifyBy: 'execution' };
  const error = { code: 'model_quota', message: 'Quota used up', retryable: true };

  it("reports a Materi node's error as it is", async () => {
    const { items } = await report(fail, { job: JOB, error });
    expect(events()).toMatchObject([
      { type: 'job.failed', data: { jobId: JOB.id, attempt: 2, executionId: '4711', error } },
    ]);
    expect(items[0]?.json).toMatchObject({ reported: true });
  });

  it("reports any other node's error text as a failure of the workflow", async () => {
    await report(fail, { job: JOB, error: 'Cannot read properties of undefined' });
    expect(events()).toMatchObject([
      {
        data: {
          error: {
            code: 'workflow_error',
            message: 'Cannot read properties of undefined',
            retryable: true,
          },
        },
      },
    ]);
  });

  it('cuts a message to what the portal takes', async () => {
    await report(fail, { job: JOB, error: { ...error, message: 'x'.repeat(9_000) } });
    expect(events()).toMatchObject([{ data: { error: { message: 'x'.repeat(4_000) } } }]);
  });

  it('cuts a message between two characters, and replaces what the portal cannot store', async () => {
    const message = `a\0b\ud800${'x'.repeat(3_995)}🌱`;
    await report(fail, { job: JOB, error: { ...error, message } });
    const sent = `a\ufffdb\ufffd${'x'.repeat(3_995)}`;
    expect(events()).toMatchObject([{ data: { error: { message: sent } } }]);
  });

  it('names the execution alone in an error workflow, with the code the node had given', async () => {
    await report(byExecution, {
      execution: {
        id: '98',
        error: {
          message: 'The resource you are requesting could not be found',
          context: { failure: { code: 'model_key', message: 'Key not valid', retryable: false } },
        },
      },
      workflow: { id: 'materiAnalysis01' },
    });
    expect(events().map(({ data }) => data)).toEqual([
      {
        executionId: '98',
        error: { code: 'model_key', message: 'Key not valid', retryable: false },
      },
    ]);
  });

  it.each([409, 404])(
    'has nothing to report, and no error, when the execution held no job (%i)',
    async (status) => {
      portal.next.push({ status, body: { title: 'The job has ended' } });
      const ran = await report(byExecution, { execution: { id: '98', error } });
      expect(ran.error).toBeUndefined();
      expect(ran.items[0]?.json).toMatchObject({ reported: false, reason: expect.any(String) });
    },
  );

  it('sends nothing when no execution was started', async () => {
    const ran = await report(byExecution, { trigger: { error }, workflow: { id: 'w' } });
    expect(ran.error).toBeUndefined();
    expect(portal.seen).toEqual([]);
  });

  it('is no error when the job has ended already, and says so', async () => {
    portal.next.push({ status: 409, body: { title: 'The job has ended' } });
    const ran = await report(fail, { job: JOB, error });
    expect(ran.error).toBeUndefined();
    expect(ran.items[0]?.json).toMatchObject({
      reported: false,
      reason: expect.stringContaining('The job has ended'),
    });
  });

  it('is an error when the portal knows no such job', async () => {
    portal.next.push({ status: 404, body: { title: 'Not found' } });
    const ran = await report(fail, { job: JOB, error });
    expect(ran.error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
  });
});
