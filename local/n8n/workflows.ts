import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/v4-mini';
import { readKept, writeJson } from '../../google-standin/store/jsonFile.ts';
import type { N8nClient } from './client.ts';

const workflowFileSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  nodes: z.array(z.unknown()),
  connections: z.record(z.string(), z.unknown()),
  settings: z.optional(z.looseObject({ errorWorkflow: z.optional(z.string()) })),
});

/** A workflow as its file in `workflows/` has it. */
export type WorkflowFile = z.infer<typeof workflowFileSchema>;

const storedSchema = z.object({
  id: z.string(),
  versionId: z.string(),
  activeVersionId: z.nullish(z.string()),
});
type StoredWorkflow = z.infer<typeof storedSchema>;

const stampsSchema = z.record(z.string(), z.string());

const ADVICE =
  "Delete it and start again: n8n's workflows then stay as they are until their files change.";

/** Reads the project's workflows. Error workflows come first, because other workflows name them. */
export function readWorkflows(folder: string): WorkflowFile[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const workflows = files
    .sort()
    .map((name) =>
      z.parse(workflowFileSchema, JSON.parse(readFileSync(join(folder, name), 'utf8'))),
    );
  const named = new Set(workflows.map((workflow) => workflow.settings?.errorWorkflow));
  return workflows.sort((a, b) => Number(named.has(b.id)) - Number(named.has(a.id)));
}

/**
 * Brings each workflow into n8n and publishes it when its file changed since it last was, or n8n
 * lacks it. The changes of a designer in the editor are kept until the file itself changes. They
 * are also kept when the stamp is gone, because the file may not have changed.
 */
export async function publishWorkflows(
  client: N8nClient,
  workflows: readonly WorkflowFile[],
  stampFile: string,
): Promise<void> {
  const done = { ...readKept(stampFile, stampsSchema, ADVICE) };
  for (const workflow of workflows) {
    const hash = createHash('sha256').update(JSON.stringify(workflow)).digest('hex');
    const there = await client.find(storedSchema, `/workflows/${workflow.id}`);
    const isKept = there !== undefined && (done[workflow.id] ?? hash) === hash;
    if (!isKept) await publish(client, await save(client, workflow, there));
    else if (there.activeVersionId == null) await publish(client, there);
    if (done[workflow.id] === hash) continue;
    done[workflow.id] = hash;
    writeJson(stampFile, done);
  }
}

/** Unpublishes a workflow and publishes it again: its trigger takes back its URL and registers anew. */
export async function publishAgain(client: N8nClient, id: string): Promise<void> {
  const there = await client.request(storedSchema, 'GET', `/workflows/${id}`);
  await client.request(z.unknown(), 'POST', `/workflows/${id}/deactivate`, {});
  await publish(client, there);
}

async function save(
  client: N8nClient,
  { id, name, nodes, connections, settings }: WorkflowFile,
  there: StoredWorkflow | undefined,
): Promise<StoredWorkflow> {
  const content = { name, nodes, connections, settings: settings ?? {} };
  return there === undefined
    ? client.request(storedSchema, 'POST', '/workflows', { id, ...content })
    : client.request(storedSchema, 'PATCH', `/workflows/${id}?forceSave=true`, content);
}

async function publish(client: N8nClient, { id, versionId }: StoredWorkflow): Promise<void> {
  await client.request(storedSchema, 'POST', `/workflows/${id}/activate`, { versionId });
}
