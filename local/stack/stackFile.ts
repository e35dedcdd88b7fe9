import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/v4-mini';
import { readJson, writeJson } from '../../google-standin/store/jsonFile.ts';

const stackFactsSchema = z.object({
  /** The API's base URL, without `/api`. */
  api: z.string(),
  n8n: z.object({ url: z.string(), email: z.string(), password: z.string() }),
  /** The stand-in; null when the stack runs against the real Google. */
  google: z.nullable(z.object({ url: z.string() })),
  sheet: z.object({ url: z.string(), spreadsheetId: z.string() }),
  databaseUrl: z.string(),
  people: z.array(
    z.object({ email: z.string(), name: z.string(), role: z.enum(['teacher', 'admin']) }),
  ),
  webhookSecrets: z.object({ toN8n: z.string(), fromN8n: z.string() }),
  serviceKey: z.string(),
});

/** The content of `.local/stack.json`: every URL of a running stack, and the local sign-ins. */
export type StackFacts = z.infer<typeof stackFactsSchema>;

/** The facts of the stack that runs with this state folder, or undefined when none is ready. */
export function readStackFacts(state: string): StackFacts | undefined {
  return readJson(join(state, 'stack.json'), stackFactsSchema);
}

/** Writes that the stack is ready, with its addresses. */
export function writeStackFacts(state: string, facts: StackFacts): void {
  writeJson(join(state, 'stack.json'), facts);
}

/** Removes the file, because the stack is not ready any more. */
export function removeStackFacts(state: string): void {
  rmSync(join(state, 'stack.json'), { force: true });
}
