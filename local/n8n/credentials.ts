import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/v4-mini';
import { readKept, writeJson } from '../../google-standin/store/jsonFile.ts';
import { run } from '../process/run.ts';
import type { N8nClient } from './client.ts';

/** A credential as the workflows name it: by id, and, in another n8n, by name and type. */
export interface N8nCredential {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

/** How n8n's command line is run; `cwd` is a folder of n8n's own. */
export interface N8nCommand {
  readonly node: string;
  readonly bin: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

const stampSchema = z.object({ hash: z.string() });
const anythingSchema = z.unknown();

const ADVICE =
  'Delete it and start again: the credentials of this stack are then written to n8n once more, ' +
  "also over what was changed in them in n8n's editor.";

/**
 * Writes the credentials into a running n8n if they are missing, or if their values have changed, such as a
 * port. Until then, a person's changes in the editor stay.
 */
export async function bringCredentials(
  client: N8nClient,
  command: N8nCommand,
  credentials: readonly N8nCredential[],
): Promise<void> {
  const stampFile = join(command.cwd, 'credentials-stamp.json');
  const hash = createHash('sha256').update(JSON.stringify(credentials)).digest('hex');
  const done = readKept(stampFile, stampSchema, ADVICE)?.hash;
  const missing: N8nCredential[] = [];
  for (const credential of credentials) {
    const there = await client.find(anythingSchema, `/credentials/${credential.id}`);
    if (there === undefined) missing.push(credential);
  }
  if (missing.length > 0) await importCredentials(command, missing);
  else if (done === hash) return;
  for (const { id, name, type, data } of credentials.filter((one) => !missing.includes(one))) {
    await client.request(anythingSchema, 'PATCH', `/credentials/${id}`, { name, type, data });
  }
  writeJson(stampFile, { hash });
}

/** New credentials go in by n8n's command line (6 s): nothing else lets an id be chosen. */
async function importCredentials(
  { node, bin, env, cwd }: N8nCommand,
  credentials: readonly N8nCredential[],
): Promise<void> {
  const file = join(cwd, 'credentials.json');
  writeJson(file, credentials);
  try {
    const args = [bin, 'import:credentials', `--input=${file}`];
    const { stdout, stderr } = await run(node, args, { cwd, env });
    // n8n ends with exit code 0 also when an import fails. Only its output shows the failure.
    if (!stdout.includes('Successfully imported')) {
      throw new Error(`n8n could not import the credentials: ${stdout}${stderr}`.trim());
    }
  } finally {
    rmSync(file, { force: true });
  }
}
