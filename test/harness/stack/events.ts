import * as z from 'zod/v4-mini';
import { sign } from '../../../core/index.ts';
import type { StackFacts } from '../../../local/stack/index.ts';

const subscriptionSchema = z.object({
  url: z.string(),
  eventTypes: z.array(z.string()),
  kinds: z.array(z.string()),
});
const subscriptionsSchema = z.object({ items: z.array(subscriptionSchema) });
const materialShownSchema = z.object({ material: z.unknown() });
const acceptedSchema = z.object({ accepted: z.literal(true), executionId: z.string() });

const PATH = '/webhook/subscriptions';

/** What an event is about: a job, and its material by id. */
export interface JobRequested {
  readonly job: { readonly id: string; readonly attempt: number };
  readonly material: { readonly id: string };
}

/** The way of events from the API to n8n, opened, closed and used by a test. */
export class EventRoute {
  readonly #facts: StackFacts;

  constructor(facts: StackFacts) {
    this.#facts = facts;
  }

  /** Where n8n's trigger is registered. */
  async registered(): Promise<z.infer<typeof subscriptionSchema>> {
    const response = await this.#request('GET', PATH);
    const [found] = z.parse(subscriptionsSchema, await response.json()).items;
    if (found === undefined) throw new Error('No trigger is registered');
    return found;
  }

  /**
   * Takes the registration away while `work` runs, so that jobs stay queued, and puts it back.
   * @param work is given n8n's URL
   */
  async closedWhile<T>(work: (url: string) => Promise<T>): Promise<T> {
    const { url, eventTypes, kinds } = await this.registered();
    await this.#request('DELETE', `${PATH}?url=${encodeURIComponent(url)}`);
    try {
      return await work(url);
    } finally {
      await this.#request('PUT', PATH, { url, eventTypes, kinds, test: false });
    }
  }

  /**
   * Posts a signed event to n8n, as the API does; the same id is the same event again.
   * @returns the execution's id
   */
  async post(url: string, { job, material }: JobRequested): Promise<string> {
    const { id: jobId, attempt } = job;
    const shown = await this.#request('GET', `/materials/${material.id}`);
    const body = JSON.stringify({
      type: 'job.requested',
      timestamp: new Date().toISOString(),
      data: {
        job: { id: jobId, kind: 'analyze', attempt, options: {} },
        material: z.parse(materialShownSchema, await shown.json()).material,
      },
    });
    const timestamp = Math.floor(Date.now() / 1_000);
    const id = `job_${jobId}_${attempt}`;
    const headers = sign([this.#facts.webhookSecrets.toN8n], { id, timestamp, body });
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    if (response.status !== 202) throw new Error(`n8n answered ${response.status}: ${text}`);
    return z.parse(acceptedSchema, JSON.parse(text)).executionId;
  }

  async #request(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.#facts.api}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#facts.serviceKey}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return response;
  }
}
