import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import {
  jobIdSchema,
  materialIdSchema,
  newMaterialSchema,
  sign,
  textHash,
  type JobId,
  type MaterialId,
} from '../../core/index.ts';
import { analysisRules } from '../../api/analysis/rules.ts';
import { generateRules } from '../../api/contents/rules.ts';
import { connect } from '../../api/db/connect.ts';
import { sessionFamilySchema, sessionIdSchema } from '../../api/db/ids.ts';
import { isDatabaseUnavailable } from '../../api/db/unavailable.ts';
import { deliver } from '../../api/dispatch/deliver.ts';
import { PortalError } from '../../api/errors.ts';
import type { Caller } from '../../api/http/caller.ts';
import { openJob } from '../../api/jobs/openJob.ts';
import { takeJobs } from '../../api/jobs/queue.ts';
import { retryJob } from '../../api/jobs/retry.ts';
import { createLogger } from '../../api/log.ts';
import { createMaterial } from '../../api/materials/create.ts';
import { replaceMaterial } from '../../api/materials/replace.ts';
import type { Portal } from '../../api/portal.ts';
import { findClaimants } from '../../api/subscriptions/repository.ts';
import { putSubscription } from '../../api/subscriptions/put.ts';
import { removeSubscription } from '../../api/subscriptions/remove.ts';
import { TIMING } from '../../api/timing.ts';
import { receive } from '../../api/webhook/receive.ts';
import { FROM_N8N, someMaterial, testConfig } from '../harness/portal.ts';
import { startReceiver } from '../harness/receiver.ts';
import { partsWithoutDatabase } from '../harness/withoutDatabase.ts';
import type { About, Action, End } from './actions.ts';
import { databaseWithClock, type DatabaseWithClock } from './clock.ts';
import { Cutter } from './cutter.ts';
import { see, type Seen } from './observed.ts';
import { reportOf } from './reports.ts';

const SERVICE: Caller = { kind: 'service', name: 'n8n' };
const WORKFLOW = { instanceId: 'n8n', id: 'workflow', name: 'Analisis', nodeId: 'trigger' };
const HOW_SUBSCRIBED = {
  eventTypes: ['job.requested'],
  kinds: ['analyze', 'generate'],
  test: false,
  takeOver: false,
  workflow: WORKFLOW,
} as const;

const materialWith = (material: number, text: number) =>
  newMaterialSchema.parse(someMaterial({ title: `Materi ${material}, teks ${text}` }));

/** The hash by which a job keeps a text of a material. */
export const hashOf = (material: number, text: number): string =>
  textHash(materialWith(material, text));

/** A delivery whose posts n8n has not answered yet. */
export interface Dispatching {
  /** Resolves when each of its jobs has been posted, or handled otherwise. */
  quiet(): Promise<void>;
  /** n8n answers, or the instance stops: then it no longer waits for the answers. */
  finish(): Promise<void>;
}

/** Instances of the API without their loops, on one PostgreSQL, and a receiver that plays n8n. */
export class World {
  readonly #database: DatabaseWithClock;
  readonly #receiver: Awaited<ReturnType<typeof startReceiver>>;
  readonly #cutter: Cutter;
  readonly #pools: ReadonlyArray<Portal['db']>;
  readonly #portals: readonly Portal[];
  readonly #admin: Caller;
  #end: End = 'accepted';
  #onPost: (answer: () => void) => void = (answer) => answer();
  #materials: MaterialId[] = [];
  /** The ids of the jobs, in the order of the model. */
  jobs: JobId[] = [];
  /** How often a verb woke dispatch. */
  wakes = 0;
  /** The webhook-ids of the posts since they were last taken. */
  #posts: string[] = [];

  private constructor(
    database: DatabaseWithClock,
    receiver: Awaited<ReturnType<typeof startReceiver>>,
    admin: Caller,
  ) {
    this.#database = database;
    this.#receiver = receiver;
    this.#admin = admin;
    this.#cutter = new Cutter(database.client);
    const log = createLogger('silent');
    this.#pools = [0, 1].map(() => connect(database.url, log));
    this.#portals = this.#pools.map((db) => ({
      ...partsWithoutDatabase(),
      db: db.withPlugin(this.#cutter),
      config: testConfig(database.url, receiver.url),
      timing: TIMING,
      kinds: { analyze: analysisRules, generate: generateRules },
      wakeDispatch: () => (this.wakes += 1),
      wakeSync: () => undefined,
    }));
    receiver.answer = (res, { headers }) => {
      this.#posts.push(String(headers['webhook-id']));
      const end = this.#end;
      this.#onPost(() => {
        if (end === 'accepted') res.writeHead(202).end('{}');
        else if (end === 'refused') res.writeHead(503).end('{}');
        else res.destroy();
      });
    };
  }

  static async start(): Promise<World> {
    const database = await databaseWithClock();
    return new World(database, await startReceiver(), await adminIn(database));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#pools.map((db) => db.destroy()));
    await this.#receiver.close();
    await this.#database.drop();
  }

  /** Empties the database. */
  async begin(now: number): Promise<void> {
    await this.#database.client.query(`
      delete from contents; update materials set analysis_job_id = null; delete from jobs;
      delete from materials; delete from subscriptions; delete from webhook_deliveries;
      delete from audit_log`);
    await this.setTime(now);
    this.#cutter.arm(Infinity);
    this.#receiver.received.length = 0;
    this.#posts = [];
    this.#materials = [];
    this.jobs = [];
  }

  /** Also closes the circuit of the subscription: api/dispatch/circuit.test.ts is about that. */
  async setTime(ms: number): Promise<void> {
    await this.#database.setTime(ms);
    await this.#database.client.query('update subscriptions set misses = 0, paused_until = null');
  }

  /** Cuts the connection of the next transaction after so many statements. */
  cutAfter(statements: number): void {
    this.#cutter.arm(statements);
  }

  see(): Promise<Seen> {
    return see(this.#database.client);
  }

  takePosts(): string[] {
    const posts = this.#posts;
    this.#posts = [];
    return posts;
  }

  /** Adds a material. This opens its analysis. */
  async addMaterial(): Promise<void> {
    const material = materialWith(this.#materials.length, 0);
    const { headers } = await createMaterial(this.#portal(0), SERVICE, material, undefined);
    this.#materials.push(materialIdSchema.parse(headers['Location']?.split('/').at(-1)));
  }

  materialAt(place: number | null): MaterialId | null {
    if (place === null) return null;
    return this.#materials[place] ?? missing(`material ${place}`);
  }

  /** Does an action at an instance. @returns the answer as the model has it */
  async perform(instance: number, action: Action): Promise<string> {
    try {
      return await this.#act(this.#portal(instance), action);
    } catch (error) {
      if (error instanceof PortalError) return error.code;
      if (isDatabaseUnavailable(error)) return 'unavailable';
      throw error;
    }
  }

  /** An instance takes the jobs that are due and handles each, as its loop does. */
  dispatch(instance: number, end: End, { isHeld }: { isHeld: boolean }): Dispatching {
    const stopping = new AbortController();
    const held: Array<() => void> = [];
    let left = Infinity;
    let quiet: () => void = () => undefined;
    const isQuiet = new Promise<void>((resolve) => (quiet = resolve));
    const oneLess = () => {
      left -= 1;
      if (left === 0) quiet();
    };
    this.#end = end;
    this.#onPost = (answer) => {
      if (!isHeld) {
        answer();
        return;
      }
      held.push(answer);
      oneLess();
    };
    const deliverDue = async () => {
      const portal = this.#portal(instance);
      const claimants = await findClaimants(portal.db);
      const due = await takeJobs(portal.db, { limit: 8, taken: TIMING.taken });
      left = end === 'died' ? 0 : due.length;
      if (left === 0) quiet();
      else {
        const { signal } = stopping;
        const delivering = due.map((job) =>
          deliver(portal, job, claimants.get(job.kind), signal).then(oneLess),
        );
        await Promise.all(delivering);
      }
    };
    const done = deliverDue();
    return {
      quiet: () => Promise.race([isQuiet, done]),
      finish: async () => {
        if (end === 'stopped') stopping.abort();
        for (const answer of held) answer();
        await done;
      },
    };
  }

  async #act(portal: Portal, action: Action): Promise<string> {
    switch (action.do) {
      case 'callback': {
        const { type, data } = reportOf(action, this.#job(action.job));
        return this.#report(portal, action.webhookId, type, data);
      }
      case 'restart': {
        const { runningForMs } = action;
        const data = { instanceId: WORKFLOW.instanceId, workflowId: WORKFLOW.id, runningForMs };
        return this.#report(portal, `restart_${uuidv7()}`, 'trigger.started', data);
      }
      case 'retry': {
        const { status, attempt } = await retryJob(portal, this.#admin, this.#job(action.job));
        return `ok ${status} ${attempt}`;
      }
      case 'edit': {
        const id = this.materialAt(action.material) ?? missing('material');
        const body = materialWith(action.material, action.text);
        const edited = await replaceMaterial(portal, this.#admin, id, '*', body);
        return edited.body.job === null ? 'ok' : 'ok opened';
      }
      case 'open': {
        const { about, execution } = action;
        await openJob(portal, SERVICE, this.#newJob(about, execution ?? undefined), undefined);
        return 'ok PROCESSING 1';
      }
      case 'subscribe':
        await putSubscription(portal, SERVICE, { ...HOW_SUBSCRIBED, url: this.#url });
        return 'ok';
      case 'unsubscribe':
        await removeSubscription(portal, SERVICE, this.#url);
        return 'ok';
    }
  }

  async #report(portal: Portal, id: string, type: string, data: object): Promise<string> {
    const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data });
    const timestamp = Math.floor(Date.now() / 1_000);
    const headers = sign([FROM_N8N[0]], { id, timestamp, body });
    const { answer } = await receive(portal, { ...headers }, Buffer.from(body));
    if ('error' in answer) return answer.error.code;
    if ('released' in answer) return `ok released ${answer.released}`;
    return `ok ${String(answer.job['status'])} ${String(answer.job['attempt'])}`;
  }

  #newJob({ kind, material }: About, executionId: string | undefined) {
    const id = this.materialAt(material) ?? undefined;
    if (kind === 'analyze') return { kind, materialId: id ?? missing('material'), executionId };
    const content = 'quiz' as const;
    return id === undefined
      ? {
          kind,
          options: { content, gap: { subject: 'IPA', level: 'Fase B' as const } },
          executionId,
        }
      : { kind, materialId: id, options: { content }, executionId };
  }

  get #url(): string {
    return `${this.#receiver.url}/webhook/materi`;
  }

  #portal(instance: number): Portal {
    return this.#portals[instance] ?? missing(`instance ${instance}`);
  }

  #job(place: number): JobId {
    return this.jobs[place] ?? missing(`job ${place}`);
  }
}

function missing(what: string): never {
  throw new Error(`The world has no ${what}.`);
}

/** A person whose session lasts longer than every run. */
async function adminIn({ db }: DatabaseWithClock): Promise<Caller> {
  const { id } = await db
    .insertInto('users')
    .values({
      googleId: 'admin',
      email: 'admin@sekolah.sch.id',
      name: 'Admin',
      picture: null,
      role: 'admin',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const session = randomUUID();
  const family = sessionFamilySchema.parse(session);
  await db
    .insertInto('sessions')
    .values({
      id: sessionIdSchema.parse(session),
      userId: id,
      family,
      tokenHash: session,
      expiresAt: '2100-01-01T00:00:00Z',
      successor: null,
    })
    .execute();
  return { kind: 'user', userId: id, family };
}

export const toJobIds = (ids: readonly string[]): JobId[] => ids.map((id) => jobIdSchema.parse(id));
