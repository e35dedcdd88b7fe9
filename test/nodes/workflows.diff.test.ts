import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences } from '../../local/workflows/diff.ts';
import { exportWorkflow } from '../../local/workflows/export.ts';
import { readFiles, type WorkflowInFile } from '../../local/workflows/files.ts';
import {
  chooseInstance,
  type Instance,
  type StoredWorkflow,
} from '../../local/workflows/instance.ts';
import { changed } from '../harness/nodes/changed.ts';

const KEY = 'the-key-of-this-test';
const FILE = 'materi-errors.json';
const JOB_PART = (part: string) => `The node "Fail its job" differs in ${part}.`;

/** n8n's public API, as far as reading one workflow goes. */
let server: Server;
let stored: StoredWorkflow | undefined;
let n8n: Instance;
let folder: string;
let workflow: WorkflowInFile;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'materi-workflows-'));
  copyFileSync(join('workflows', FILE), join(folder, FILE));
  workflow = inFolder();
  // n8n adds these.
  const added = { versionId: 'v1', createdAt: '2026-11-01T00:00:00.000Z', staticData: null };
  const settings = { ...workflow.settings, callerPolicy: 'workflowsFromSameOwner' };
  stored = { ...workflow, ...added, settings };
  server = createServer((request, response) => {
    const isAsked = request.url === `/api/v1/workflows/${workflow.id}`;
    const known = isAsked ? stored : undefined;
    const status = request.headers['x-n8n-api-key'] === KEY ? (known ? 200 : 404) : 401;
    response.writeHead(status).end(JSON.stringify(known ?? { message: 'Not Found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  n8n = await chooseInstance({ N8N_URL: `${url()}/`, N8N_API_KEY: KEY }, undefined);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
function inFolder(): WorkflowInFile {
  const [one] = readFiles(folder).workflows;
  if (one === undefined) throw new Error('The folder has no workflow.');
  return one;
}
const diff = async () => differences(workflow, await n8n.read(workflow.id));

describe('npm run workflows -- diff', () => {
  it('finds nothing where n8n has the file’s workflow, with settings of its own', async () => {
    expect(await diff()).toEqual([]);
  });

  it('names a workflow that n8n does not have', async () => {
    stored = undefined;
    expect(await diff()).toEqual(['n8n does not have it. Import it.']);
  });

  it.each<[string, string, unknown, string]>([
    ['a name', 'name', 'Other', 'The name in n8n is "Other".'],
    ['a parameter', 'nodes.2.parameters.operation', 'start', JOB_PART('parameters.operation')],
    ['a place', 'nodes.2.position', [1, 2], JOB_PART('position')],
    ['a node only in n8n', 'nodes.3', { name: 'More' }, 'The node "More" is only in n8n.'],
    ['a node only in the file', 'nodes.0.name', 'More', 'The node "About" is only in the file.'],
    ['connections', 'connections', {}, 'The connections differ.'],
    ['a setting', 'settings.executionTimeout', 1, 'The setting executionTimeout differs.'],
  ])('names what a designer changed: %s', async (_, path, to, line) => {
    if (stored !== undefined) stored = changed(stored, path, to);
    expect(await diff()).toContain(line);
  });

  it('says what is wrong with the key', async () => {
    const wrong = await chooseInstance({ N8N_URL: url(), N8N_API_KEY: 'x' }, undefined);
    await expect(wrong.read(workflow.id)).rejects.toThrow('does not accept N8N_API_KEY');
  });

  it.each([{}, { N8N_URL: 'http://127.0.0.1' }, { N8N_API_KEY: KEY }])(
    'says what to set or start: %j',
    async (environment) => {
      await expect(chooseInstance(environment, undefined)).rejects.toThrow(
        /N8N_URL and N8N_API_KEY/,
      );
    },
  );
});

describe('npm run workflows -- export', () => {
  it('writes a changed workflow in the form of its file', async () => {
    if (stored === undefined) throw new Error('n8n has no workflow.');
    const started = changed(stored, 'nodes.2.parameters.operation', 'start');
    const pinned = changed(started, 'pinData', { About: [] });
    await exportWorkflow(folder, workflow, pinned);
    const before = readFileSync(join('workflows', FILE), 'utf8');
    expect(readFileSync(join(folder, FILE), 'utf8')).toBe(
      before.replace('"operation": "fail"', '"operation": "start"'),
    );
    expect(differences(inFolder(), pinned)).toEqual([]);
  });
});
