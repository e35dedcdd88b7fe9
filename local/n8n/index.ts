import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/v4-mini';
import { partEnvironment } from '../process/environment.ts';
import type { Part } from '../process/part.ts';
import type { Parts } from '../process/parts.ts';
import { waitUntil } from '../process/waitUntil.ts';
import { n8nFolder } from '../setup/n8nFolder.mjs';
import { N8nClient } from './client.ts';
import { bringCredentials, type N8nCredential } from './credentials.ts';
import { n8nEnvironment, type N8nSettings } from './environment.ts';
import { installNodes } from './package.ts';
import { publishAgain, publishWorkflows, readWorkflows } from './workflows.ts';

export { N8nClient } from './client.ts';
export type { N8nCredential } from './credentials.ts';
export { publishAgain } from './workflows.ts';

/** The options of an n8n with our nodes. */
export interface N8nOptions {
  readonly project: string;
  readonly node: string;
  readonly own: NodeJS.ProcessEnv;
  readonly settings: N8nSettings;
  readonly password: string;
  readonly credentials: readonly N8nCredential[];
  readonly parts: Parts;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal | undefined;
}

/** n8n, running: `publish` once the portal is there to register at. */
export interface N8n {
  readonly part: Part;
  readonly url: string;
  /** Signs in as the owner. */
  readonly signIn: () => Promise<N8nClient>;
  /**
   * Brings credentials and workflows up to date and waits until the portal knows the triggers.
   * @param registered whether the portal has a trigger of this n8n
   */
  readonly publish: (registered: () => Promise<boolean>) => Promise<void>;
}

/** Puts our nodes into n8n's folder and starts n8n. */
export async function runN8n(options: N8nOptions): Promise<N8n> {
  const { project, node, own, settings, credentials, parts, signal } = options;
  const { userFolder, port, owner } = settings;
  mkdirSync(userFolder, { recursive: true, mode: 0o700 });
  await installNodes(project, userFolder, signal);
  const url = `http://127.0.0.1:${port}`;
  const bin = join(n8nFolder(project), 'node_modules', 'n8n', 'bin', 'n8n');
  const env = partEnvironment(own, n8nEnvironment(settings));
  const part = await parts.start({
    name: 'n8n',
    command: node,
    args: [bin, 'start'],
    cwd: userFolder,
    env,
    stopSignal: 'SIGTERM',
    stopWithin: 6_000,
    readyWithin: 300_000,
    isReady: async (signal) => (await fetch(`${url}/healthz/readiness`, { signal })).ok,
  });
  const signIn = () => N8nClient.signIn(url, owner.email, options.password);
  const publish = async (registered: () => Promise<boolean>) => {
    const client = await waitUntil(signIn, {
      what: 'n8n to let its owner in',
      within: 60_000,
      signal,
    });
    await bringCredentials(client, { node, bin, env, cwd: userFolder }, credentials);
    const workflows = readWorkflows(join(project, 'workflows'));
    await publishWorkflows(client, workflows, join(userFolder, 'workflows-stamp.json'));
    await waitForTriggers(client, workflows.filter(isTriggered), registered, signal);
  };
  return { part, url, signIn, publish };
}

const triggerNodeSchema = z.looseObject({
  type: z.literal('n8n-nodes-digital-materi.materiTrigger'),
});

function isTriggered({ nodes }: { nodes: unknown[] }): boolean {
  return nodes.some((node) => z.safeParse(triggerNodeSchema, node).success);
}

/**
 * A trigger registers at the portal only when its workflow is published: where the portal does not
 * know it (a new port, a new database), the workflow is published again.
 */
async function waitForTriggers(
  client: N8nClient,
  triggered: readonly { id: string }[],
  registered: () => Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (triggered.length === 0) return;
  if (!(await registered())) {
    for (const { id } of triggered) await publishAgain(client, id);
  }
  await waitUntil(registered, {
    what: "n8n's trigger to be registered at the API",
    within: 60_000,
    signal,
  });
}
