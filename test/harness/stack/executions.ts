import * as z from 'zod/v4-mini';
import type { N8nClient } from '../../../local/n8n/index.ts';
import { waitUntil } from '../../../local/process/waitUntil.ts';

const keySchema = z.object({ rawApiKey: z.string() });
const executionSchema = z.object({
  id: z.union([z.string(), z.number()]),
  status: z.string(),
  data: z.object({
    resultData: z.object({ lastNodeExecuted: z.optional(z.string()) }),
  }),
});

/** n8n's record of what it ran. */
export class Executions {
  readonly #url: string;
  readonly #key: string;

  private constructor(url: string, apiKey: string) {
    this.#url = url;
    this.#key = apiKey;
  }

  static async open(url: string, client: N8nClient): Promise<Executions> {
    const wish = { label: 'stack tests', expiresAt: null, scopes: ['execution:read'] };
    const { rawApiKey } = await client.request(keySchema, 'POST', '/api-keys', wish);
    return new Executions(url, rawApiKey);
  }

  /** Waits for an execution to end. @returns how it ended, and its last node */
  async ended(id: string): Promise<{ status: string; lastNode: string | undefined }> {
    const running = ['new', 'running', 'waiting', 'unknown'];
    const ended = await waitUntil(
      async () => {
        const response = await fetch(`${this.#url}/api/v1/executions/${id}?includeData=true`, {
          headers: { 'X-N8N-API-KEY': this.#key },
        });
        if (!response.ok) return undefined;
        const found = z.parse(executionSchema, await response.json());
        return running.includes(found.status) ? undefined : found;
      },
      { what: `n8n's execution ${id} to end`, within: 60_000 },
    );
    return { status: ended.status, lastNode: ended.data.resultData.lastNodeExecuted };
  }
}
