import { Writable } from 'node:stream';
import { pino } from 'pino';
import { sign } from '../../core/index.ts';
import { startGoogle } from '../../google-standin/index.ts';
import { FROM_N8N, SERVICE_KEY, someMaterial, startHarness } from '../harness/portal.ts';
import { faultsOf } from './check.ts';
import { readDocument, type Document, type Operation } from './document.ts';
import { schemaCheck, type Fits } from './fits.ts';
import { Known } from './known.ts';
import type { CallerName, FuzzRequest } from './requests.ts';
import { send, type Received, type Sent } from './send.ts';

type Harness = Awaited<ReturnType<typeof startHarness>>;

/** What a request gave. */
export interface Outcome {
  readonly status: number;
  /** What is wrong with the answer, with the errors that the API logged. */
  readonly faults: readonly string[];
}

/** A running API with materials, jobs and people, and the callers that ask it. */
export class World {
  readonly document: Document;
  readonly #harness: Harness;
  readonly #close: () => Promise<void>;
  readonly #errors: string[];
  readonly #known = new Known();
  readonly #fits: Fits;
  readonly #tokens = new Map<CallerName, string>();
  /** The last ETag of each address. */
  readonly #etags = new Map<string, string>();

  private constructor(
    harness: Harness,
    close: () => Promise<void>,
    errors: string[],
    document: Document,
  ) {
    this.#harness = harness;
    this.#close = close;
    this.#errors = errors;
    this.document = document;
    this.#fits = schemaCheck(document);
  }

  static async start(): Promise<World> {
    const errors: string[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        errors.push(chunk.toString('utf8'));
        done();
      },
    });
    const google = await startGoogle();
    const harness = await startHarness({
      google: { rootUrl: google.url },
      log: pino({ level: 'error' }, sink),
    });
    const close = async () => {
      await harness.stop();
      await google.close();
    };
    const served = await harness.request('GET', '/api/openapi.json');
    const world = new World(harness, close, errors, readDocument(served.body));
    await world.#fill(google.url);
    return world;
  }

  stop(): Promise<void> {
    return this.#close();
  }

  /** Sends one request, and learns from its answer. */
  async play(request: FuzzRequest): Promise<Outcome> {
    const operation = this.#operationOf(request);
    const sent = await this.#write(operation, request);
    this.#errors.length = 0;
    const received = await send(sent);
    this.#learn(sent.target, received);
    this.#renew(request.caller, received.status);
    const faults = faultsOf(operation, jsonOf(request, sent), received, this.#fits);
    if (faults.length === 0) return { status: received.status, faults };
    const { method, target, headers, body } = sent;
    return {
      status: received.status,
      faults: [
        ...faults,
        `sent: ${method} ${target.slice(0, 500)} ${JSON.stringify(headers).slice(0, 1_000)}`,
        `with: ${body?.slice(0, 2_000) ?? 'no body'}`,
        `received: ${received.status} ${received.text.slice(0, 1_000)}`,
        ...this.#errors.map((line) => `logged: ${line.slice(0, 2_000)}`),
      ],
    };
  }

  #operationOf({ operation }: FuzzRequest): Operation {
    const found = this.document.operations.find(({ id }) => id === operation);
    if (found === undefined) throw new Error(`The document has no operation ${operation}.`);
    return found;
  }

  /** Things that exist, so that requests get beyond 404. */
  async #fill(googleUrl: string): Promise<void> {
    const { request, person, subscribe, receiver } = this.#harness;
    for (const role of ['teacher', 'admin'] as const) {
      this.#tokens.set(role, (await person(role)).token);
    }
    const token = this.#tokens.get('teacher') ?? '';
    for (let n = 0; n < 6; n += 1) {
      const body = someMaterial({ title: `Materi ${n}`, metadata: { Kelas: '4' } });
      const made = await request('POST', '/api/materials', { token, body });
      this.#known.learn('/api/materials', made.body);
      this.#etags.set(made.headers.get('Location') ?? '', made.headers.get('ETag') ?? '');
    }
    await this.#failJobs();
    await subscribe();
    for (let n = 1; n <= 3; n += 1) this.#known.add('url', `${receiver.url}/webhook/${n}`);
    for (const email of ['sari@sekolah.sch.id', 'budi@sekolah.sch.id']) {
      const query = `email=${email}&aud=${this.#harness.config.google.clientId}`;
      const given = await (await fetch(`${googleUrl}/stand-in/id-token?${query}`)).json();
      this.#known.add('idToken', (given as { idToken: string }).idToken);
    }
    for (const n of [1, 2, 3]) {
      this.#known.add('If-Match', `"${n}"`);
      this.#known.add('If-None-Match', `"${n}"`);
      this.#known.add('Last-Event-ID', String(n));
      this.#known.add('executionId', `e${n}`);
    }
    this.#known.add('timestamp', new Date().toISOString());
    const lists = this.document.operations.filter(
      ({ method, path }) => method === 'GET' && path.startsWith('/api/') && !path.includes('{'),
    );
    for (const { path } of lists) {
      const admin = this.#tokens.get('admin') ?? '';
      const { status, body } = await request('GET', `${path}?limit=2`, { token: admin });
      if (status === 200) this.#known.learn(path, body);
    }
  }

  /** Jobs that a person may retry, of materials for which a job may be opened. */
  async #failJobs(): Promise<void> {
    const { db, callback } = this.#harness;
    const jobs = await db.selectFrom('jobs').select('id').limit(4).execute();
    for (const { id: jobId } of jobs) {
      const claim = { jobId, attempt: 1, executionId: `fuzz ${jobId}` };
      await callback('job.started', claim);
      const error = { code: 'workflow_error', message: 'x', retryable: false };
      await callback('job.failed', { ...claim, error });
    }
  }

  async #write(operation: Operation, request: FuzzRequest): Promise<Sent> {
    const { path, method } = operation;
    const fill = (text: string) => String(this.#known.fill(text, path));
    const target = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const text = request.params[name] ?? '';
      return name === request.rawParam ? text : escaped(fill(text)) || '-';
    });
    const query = request.query.map(([name, text]) => `${escaped(name)}=${escaped(fill(text))}`);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, text]) => [
        name,
        text.startsWith('@If-Match:') ? (this.#etags.get(target) ?? fill(text)) : fill(text),
      ]),
    );
    const body = this.#bodyOf(request, path);
    return {
      url: this.#harness.portal.url,
      method,
      target: query.length === 0 ? target : `${target}?${query.join('&')}`,
      headers: {
        ...(body === null ? {} : { 'Content-Type': 'application/json' }),
        ...(await this.#authentication(request.caller, body ?? '')),
        ...headers,
      },
      body,
    };
  }

  #bodyOf({ body, caller }: FuzzRequest, path: string): string | null {
    if (body === null) return caller === 'n8n' ? '{}' : null;
    if ('raw' in body) return body.raw;
    return JSON.stringify(this.#known.fill(body.json, path));
  }

  async #authentication(caller: CallerName, body: string): Promise<Record<string, string>> {
    switch (caller) {
      case 'nobody':
        return {};
      case 'garbage':
        return { Authorization: 'Bearer e30.e30.e30' };
      case 'n8n': {
        const timestamp = Math.floor(Date.now() / 1_000);
        return { ...sign([FROM_N8N[0]], { id: `msg_${(serial += 1)}`, timestamp, body }) };
      }
      case 'service':
        return { Authorization: `Bearer ${SERVICE_KEY}` };
      default: {
        const token = this.#tokens.get(caller) ?? (await this.#harness.person(caller)).token;
        this.#tokens.set(caller, token);
        return { Authorization: `Bearer ${token}` };
      }
    }
  }

  #learn(target: string, { status, headers, text }: Received): void {
    const [path = ''] = target.split('?');
    const { etag, location } = headers;
    if (etag !== undefined) this.#etags.set(location ?? path, etag);
    const type = headers['content-type'] ?? '';
    if (type.startsWith('application/problem+json')) {
      const [, problem] = /"type":"\/problems\/([\w-]+)"/.exec(text) ?? [];
      if (problem !== undefined) this.#known.add('problemType', problem);
    }
    if (status < 300 && type.startsWith('application/json')) {
      this.#known.learn(path, JSON.parse(text));
    }
  }

  /** A request may have ended the caller's session or taken the role: the next one gets another person. */
  #renew(caller: CallerName, status: number): void {
    if (status === 401 || (status === 403 && caller === 'admin')) this.#tokens.delete(caller);
  }
}

let serial = 0;

function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed()).slice(0, 6_000).replace(/%\w?$/, '');
}

/** The body that was sent, if it was JSON. */
function jsonOf({ body }: FuzzRequest, { body: text }: Sent): unknown {
  return body !== null && 'json' in body && text !== null
    ? (JSON.parse(text) as unknown)
    : undefined;
}
