import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IConnections, INode } from 'n8n-workflow';
import * as z from 'zod/v4-mini';
import { DEFAULT_MODEL } from '../../core/index.ts';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { runWorkflow, type Ran, type WorkflowFile } from '../harness/nodes/engine/run.ts';
import { aMaterial, JOB } from '../harness/nodes/materials.ts';
import { TestPortal, type Seen } from '../harness/nodes/portal/testPortal.ts';

const workflowFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  nodes: z.array(z.custom<INode>((node) => typeof node === 'object')),
  connections: z.custom<IConnections>((connections) => typeof connections === 'object'),
  settings: z.object({
    errorWorkflow: z._default(z.string(), ''),
    executionTimeout: z.number(),
    executionOrder: z.literal('v1'),
    timezone: z.string(),
  }),
});

const readWorkflow = (name: string): WorkflowFile & z.infer<typeof workflowFileSchema> =>
  workflowFileSchema.parse(JSON.parse(readFileSync(join('workflows', name), 'utf8')));

const analysis = readWorkflow('material-analysis.json');
const errors = readWorkflow('materi-errors.json');

let portal: TestPortal;
let google: GoogleStandIn;
beforeAll(async () => {
  google = await startGoogle();
});
beforeEach(async () => {
  portal = await TestPortal.start();
  portal.answer = ({ path }: Seen) =>
    path.startsWith('/api/materials/')
      ? { status: 200, body: { material: aMaterial(), analysis: null } }
      : { status: 200, body: {} };
});
afterEach(async () => {
  await portal.stop();
  await fetch(`${google.url}/stand-in/faults`, { method: 'DELETE' });
});
afterAll(async () => {
  await google.close();
});

const EVENT = { eventId: 'msg_1', type: 'material.created', test: false, job: JOB };

const run = async (file: WorkflowFile, start: string, item: object): Promise<Ran> =>
  await runWorkflow(file, start, [{ ...item }], {
    credentials: {
      materiPortalApi: portal.credential,
      materiGeminiApi: { apiKey: 'stand-in-gemini-key', baseUrl: google.url },
    },
    executionId: '4711',
  });

const analyse = async (event: object = {}): Promise<Ran> =>
  await run(analysis, 'Material added or changed', {
    ...EVENT,
    material: aMaterial(),
    ...event,
  });

const reported = () => portal.reports.map(({ event }) => event);
const types = () => reported().map(({ type }) => type);

describe('The workflow "Materi: analyse a material"', () => {
  it('starts the job, analyses the material as it is now, and completes the job', async () => {
    const { error } = await analyse();
    expect(error).toBeUndefined();
    expect(types()).toEqual(['job.started', 'job.completed']);
    expect(reported()[1]).toMatchObject({
      data: {
        jobId: JOB.id,
        attempt: 2,
        executionId: '4711',
        result: {
          model: DEFAULT_MODEL,
          modelVersion: DEFAULT_MODEL,
          version: 2,
          analysis: { classification: { level: 'Fase C' } },
        },
      },
    });
  });

  it('ends at once, with no error, when another execution has the job', async () => {
    portal.next.push({ status: 409, body: { title: 'Another execution has claimed the job' } });
    const { error, nodes } = await analyse();
    expect(error).toBeUndefined();
    expect(types()).toEqual(['job.started']);
    expect(nodes['Get the material']).toBeUndefined();
  });

  it('ends at once on an event that offers no job', async () => {
    const { error } = await analyse({ job: null });
    expect(error).toBeUndefined();
    expect(portal.seen).toEqual([]);
  });

  it('fails the job when the material is gone', async () => {
    portal.answer = ({ path }) =>
      path.startsWith('/api/materials/')
        ? { status: 404, body: { title: 'Not found' } }
        : { status: 200, body: {} };
    const { error } = await analyse();
    expect(error).toBeUndefined();
    expect(reported()[1]).toMatchObject({
      type: 'job.failed',
      data: {
        jobId: JOB.id,
        attempt: 2,
        executionId: '4711',
        error: { code: 'material_gone', retryable: false },
      },
    });
  });

  it('fails the job with the reason when Gemini refuses', async () => {
    await fetch(`${google.url}/stand-in/faults`, {
      method: 'POST',
      body: JSON.stringify({ service: 'gemini', kind: 'blocked', times: 1 }),
    });
    await analyse();
    expect(reported()[1]).toMatchObject({
      type: 'job.failed',
      data: { jobId: JOB.id, attempt: 2, error: { code: 'model_refused', retryable: false } },
    });
  });

  it('fails the job when the portal does not accept the result', async () => {
    portal.answer = ({ path, body }) => {
      if (path.startsWith('/api/materials/')) {
        return { status: 200, body: { material: aMaterial(), analysis: null } };
      }
      return { status: body.includes('"job.completed"') ? 422 : 200, body: {} };
    };
    const { error } = await analyse();
    expect(error).toBeUndefined();
    expect(types()).toEqual(['job.started', 'job.completed', 'job.failed']);
    expect(reported()[2]).toMatchObject({
      data: { jobId: JOB.id, error: { code: 'answer_invalid' } },
    });
  });

  it('leaves what it does not handle itself to the error workflow', async () => {
    portal.next.push({ status: 404, body: { title: 'Not found' } });
    const { error } = await analyse();
    expect(error).toMatchObject({ name: 'NodeApiError' });
    expect(analysis.settings.errorWorkflow).toBe(errors.id);
  });

  it("ends before the job's lease of 15 minutes does", () => {
    expect(analysis.settings.executionTimeout).toBeLessThan(15 * 60);
  });

  it('runs through on a sample, and tells the portal nothing', async () => {
    const { error, nodes } = await analyse({ test: true });
    expect(error).toBeUndefined();
    expect(nodes['Complete the job']?.data?.['main']?.[0]?.[0]?.json).toMatchObject({
      reported: false,
    });
    expect(types()).toEqual([]);
  });
});

describe('The workflow "Materi: report failed executions"', () => {
  it('fails the job of the execution that stopped', async () => {
    const { error } = await run(errors, 'An execution failed', {
      execution: {
        id: '98',
        url: 'http://n8n.test/workflow/materiAnalysis01/executions/98',
        error: { name: 'Error', message: 'Something nobody thought of', stack: '…' },
        lastNodeExecuted: 'Start the job',
        mode: 'webhook',
      },
      workflow: { id: analysis.id, name: analysis.name },
    });
    expect(error).toBeUndefined();
    expect(reported()).toMatchObject([
      {
        type: 'job.failed',
        data: {
          executionId: '98',
          error: { code: 'workflow_error', message: 'Something nobody thought of' },
        },
      },
    ]);
  });
});

describe('The workflow files', () => {
  it.each([analysis, errors])('$name uses no environment of the instance', (file) => {
    expect(JSON.stringify(file)).not.toContain('$env');
  });

  it('names no model, so that the analysis follows the default of the nodes', () => {
    const file = readFileSync(join('workflows', 'material-analysis.json'), 'utf8');
    expect(file).not.toMatch(/gemini-|"model"/);
  });

  it.each([analysis, errors])('$name names its credentials by the fixed ids', ({ nodes }) => {
    const credentials = nodes.flatMap((node) => Object.entries(node.credentials ?? {}));
    expect(credentials.length).toBeGreaterThan(0);
    for (const [type, credential] of credentials) {
      expect([type, credential]).toEqual(
        type === 'materiGeminiApi'
          ? [type, { id: 'materiGemini0001', name: 'Materi Gemini' }]
          : ['materiPortalApi', { id: 'materiPortal0001', name: 'Materi Portal' }],
      );
    }
  });
});
