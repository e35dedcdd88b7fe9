import { createServer, type Server, type ServerResponse } from 'node:http';
import getPort from 'get-port';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod/v4';
import { sign } from '../../core/index.ts';
import { FROM_N8N, SERVICE_KEY, someResult } from '../harness/portal.ts';
import type { Traffic } from './traffic.ts';

const offerSchema = z.object({
  data: z.object({ job: z.object({ id: z.string(), attempt: z.number() }) }),
});
type Offer = z.infer<typeof offerSchema>['data']['job'];

const WORKFLOW = {
  instanceId: 'n8n-of-the-test',
  id: 'analyse',
  name: 'Analisis',
  nodeId: 'trigger',
};

/** Between two tries of a callback that got no answer or 503, in milliseconds. */
const AGAIN_MS = 300;

/**
 * Plays n8n: it answers each event at once, and an execution then claims the job, reports progress and
 * completes it. A callback is sent again until it is answered.
 */
export class PlayedN8n {
  readonly url: string;
  /** Posts that were not taken, because n8n was down. */
  missed = 0;
  #server: Server | undefined;
  #traffic: Traffic | undefined;
  #isSilent = false;
  #serial = 0;
  /** Aborted when n8n crashes: its executions are gone. */
  #crash = new AbortController();
  readonly #executions = new Set<Promise<void>>();

  private constructor(url: string) {
    this.url = url;
  }

  static async start(): Promise<PlayedN8n> {
    const n8n = new PlayedN8n(`http://127.0.0.1:${await getPort()}`);
    await n8n.#listen();
    return n8n;
  }

  /** Subscribes to jobs, by the traffic that also carries the callbacks. */
  async subscribe(traffic: Traffic): Promise<void> {
    this.#traffic = traffic;
    const body = JSON.stringify({
      url: `${this.url}/webhook/materi`,
      eventTypes: ['job.requested'],
      kinds: ['analyze'],
      workflow: WORKFLOW,
    });
    await traffic.send({
      method: 'PUT',
      path: '/api/webhook/subscriptions',
      headers: { Authorization: `Bearer ${SERVICE_KEY}`, 'Content-Type': 'application/json' },
      body,
    });
  }

  /** Refuses connections from now on. Its executions go on, as those of n8n's workers do. */
  async refuse(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** Takes connections and answers nothing from now on. */
  hang(): void {
    this.#isSilent = true;
  }

  /** Answers again. */
  async resume(): Promise<void> {
    this.#isSilent = false;
    if (this.#server === undefined) await this.#listen();
  }

  /** Ends with all its executions. */
  async crash(): Promise<void> {
    this.#crash.abort();
    await this.refuse();
    await Promise.all(this.#executions);
  }

  /** Starts again after a crash, and reports that, as the trigger node does. */
  async restart(): Promise<void> {
    const startedAt = Date.now();
    this.#crash = new AbortController();
    await this.#listen();
    const { instanceId, id: workflowId } = WORKFLOW;
    await this.#report('trigger.started', () => {
      return { instanceId, workflowId, runningForMs: Date.now() - startedAt };
    });
  }

  async stop(): Promise<void> {
    await this.crash();
  }

  async #listen(): Promise<void> {
    const server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => this.#receive(Buffer.concat(chunks).toString('utf8'), res));
    });
    await new Promise<void>((resolve) =>
      server.listen(Number(new URL(this.url).port), '127.0.0.1', resolve),
    );
    this.#server = server;
  }

  #receive(body: string, res: ServerResponse): void {
    if (this.#isSilent) {
      this.missed += 1;
      return;
    }
    const executionId = String((this.#serial += 1));
    const { job } = offerSchema.parse(JSON.parse(body)).data;
    res.writeHead(202).end(JSON.stringify({ accepted: true, executionId }));
    const execution = this.#execute(job, executionId).finally(() =>
      this.#executions.delete(execution),
    );
    this.#executions.add(execution);
  }

  async #execute({ id: jobId, attempt }: Offer, executionId: string): Promise<void> {
    const claim = { jobId, attempt, executionId };
    // Another execution may have claimed the job: an event can arrive twice.
    if (!(await this.#report('job.started', () => claim))) return;
    await this.#report('job.progress', () => ({ ...claim, progress: 50 }));
    await this.#report('job.completed', () => ({ ...claim, result: someResult() }));
  }

  /** @returns whether the portal has accepted it; false also after a crash */
  async #report(type: string, data: () => object): Promise<boolean> {
    const { signal } = this.#crash;
    const id = `msg_${uuidv7()}`;
    while (!signal.aborted && this.#traffic !== undefined) {
      const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data: data() });
      const timestamp = Math.floor(Date.now() / 1_000);
      const headers = { ...sign([FROM_N8N[0]], { id, timestamp, body }) };
      const asked = { method: 'POST', path: '/api/webhook/n8n', headers, body };
      const { kind } = await this.#traffic.send(asked, [409]);
      if (kind === 'done') return true;
      if (kind === 'declined' || kind === 'wrong') return false;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    return false;
  }
}
