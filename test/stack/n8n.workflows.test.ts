import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../local/n8n/index.ts';
import { publishWorkflows } from '../../local/n8n/workflows.ts';

/** The few answers of n8n that publishing needs: a workflow is `changed` by the portal or not. */
let server: Server;
let changes: string[];
let client: N8nClient;
let folder: string;
let stamp: string;

beforeEach(async () => {
  changes = [];
  folder = mkdtempSync(join(tmpdir(), 'materi-workflows-'));
  stamp = join(folder, 'workflows-stamp.json');
  const known = { id: 'analyse', versionId: '1', activeVersionId: '1' };
  server = createServer((request, response) => {
    if (request.method === 'PATCH') changes.push(request.url ?? '');
    response.setHeader('set-cookie', 'n8n-auth=1').end(JSON.stringify({ data: known }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = await N8nClient.signIn(`http://127.0.0.1:${port}`, 'a@example.org', 'x');
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

const file = (name: string) => ({ id: 'analyse', name, nodes: [], connections: {} });
const publish = (name: string) => publishWorkflows(client, [file(name)], stamp);

describe('what a designer changed in a workflow', () => {
  it('is kept until the workflow’s file changes', async () => {
    await publish('Analyse');
    await publish('Analyse');
    expect(changes).toEqual([]);
    await publish('Analyse materials');
    expect(changes).toHaveLength(1);
  });

  it('is kept when the stamp is gone, and the stamp is written again', async () => {
    await publish('Analyse');
    rmSync(stamp);
    await publish('Analyse');
    expect(changes).toEqual([]);
    expect(existsSync(stamp)).toBe(true);
  });

  it('is kept when the stamp is damaged: the start is refused and says what to do', async () => {
    await publish('Analyse');
    writeFileSync(stamp, '{"analyse": ');
    await expect(publish('Analyse')).rejects.toThrow(
      `${stamp} cannot be used: it is not JSON; a part of it may be missing. Delete it`,
    );
    expect(changes).toEqual([]);
  });
});
