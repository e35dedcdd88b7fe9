import { TIMING } from '../../api/timing.ts';
import type { About, Action, Callback, End } from './actions.ts';
import { BEGINNING } from './clock.ts';
import { adopt, compare } from './compare.ts';
import { added, isDue, jobAt, stateOf, type Job, type State } from './model.ts';
import { Promises } from './promises.ts';
import { reportName, type Rest, type Run, type SingleStep, type Step } from './steps.ts';
import { dispatch, leaves, verb, type Leaf, type Micro } from './thread.ts';
import type { World } from './world.ts';

/** The API did what the model does not. */
export class Difference extends Error {
  readonly differences: readonly string[];
  constructor(differences: readonly string[]) {
    super(differences.join('\n'));
    this.differences = differences;
  }
}

/** Every pair of a job's state and an event that was played, as `queued × job.started, by its execution`. */
export type Pairs = Set<string>;

const ABOUTS: readonly About[] = [
  { kind: 'generate', material: null },
  { kind: 'generate', material: 0 },
  { kind: 'analyze', material: 0 },
  { kind: 'generate', material: 1 },
  { kind: 'analyze', material: 1 },
];

const EXECUTIONS = ['a', 'b', 'c'] as const;

/** An instance looks at the queue so often at most until every job has ended. */
const MOST_LOOKS = 200;
const LOOK_MS = 10 * 60 * 1_000;

/**
 * The longest time until a job has ended, from any state: each attempt waits to be claimed, and is claimed
 * until its lease ends. An instance that died may have taken the job just before each of these times. If the
 * text has changed, the same holds for the next job.
 */
const ATTEMPT_MS = TIMING.nextAttempt.most + TIMING.claimDeadline + TIMING.lease + 2 * TIMING.taken;
const LONGEST_MS = 2 * TIMING.attempts * ATTEMPT_MS;

/** Plays a run at the API and in the model, and compares them after each step. @throws Difference */
export async function play(world: World, run: Run, pairs: Pairs): Promise<void> {
  const random = Math.random;
  Math.random = seeded(run.pauses);
  try {
    const player = await Player.begin(world, run.materials, pairs);
    for (const step of run.steps) await player.step(step);
    await player.rest(run.rest);
  } finally {
    Math.random = random;
  }
}

/** mulberry32: numbers from 0 up to 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Player {
  readonly #world: World;
  readonly #pairs: Pairs;
  readonly #promises = new Promises();
  /** The callbacks that n8n has sent, the newest last. */
  readonly #sent: Callback[] = [];
  #instance = 0;
  #webhooks = 0;
  #state: State = {
    now: BEGINNING,
    jobs: [],
    materials: [],
    subscription: null,
    subscriptions: 0,
    answers: {},
  };

  private constructor(world: World, pairs: Pairs) {
    this.#world = world;
    this.#pairs = pairs;
  }

  /** Begins with a subscription, and with materials that were just added. */
  static async begin(world: World, materials: number, pairs: Pairs): Promise<Player> {
    await world.begin(BEGINNING);
    const player = new Player(world, pairs);
    for (let count = 0; count < materials; count += 1) {
      await world.addMaterial();
      player.#state = added(player.#state);
    }
    await player.#check([], []);
    await player.step({ do: 'subscribe' });
    return player;
  }

  get state(): State {
    return this.#state;
  }

  /** @returns the answers of the step */
  async step(step: Step): Promise<readonly string[]> {
    this.#pass(1);
    this.#instance = 1 - this.#instance;
    switch (step.do) {
      case 'wait':
        this.#pass(step.ms === 'due' ? this.#untilDue() : step.ms);
        return [];
      case 'late':
        this.#count(step.by === 'lease' ? 'a lease later' : 'a claim deadline later');
        this.#pass(TIMING[step.by]);
        return this.#dispatch('accepted', []);
      case 'dispatch':
        return this.#dispatch(step.end, step.during);
      case 'together':
        return this.#together(step);
      case 'cut': {
        this.#world.cutAfter(step.after);
        const answers = await this.#verb(step.step, { canFail: true });
        this.#world.cutAfter(Infinity);
        return answers;
      }
      default:
        return this.#verb(step);
    }
  }

  /** The faults have ended: every job ends within its deadlines. */
  async rest(rest: Rest): Promise<void> {
    await this.step({ do: rest === 'is away' ? 'unsubscribe' : 'subscribe' });
    const began = this.#state.now;
    for (let looks = 0; this.#open().length > 0; looks += 1) {
      if (looks === MOST_LOOKS) throw new Difference(['a job never ends']);
      // Without a subscription a job is due every 30 seconds: not each of these times is played.
      this.#pass(Math.max(this.#untilDue(), rest === 'is away' ? LOOK_MS : 0));
      await this.#dispatch('accepted', this.#reportsOf(rest));
    }
    const lasted = this.#state.now - began;
    if (lasted > LONGEST_MS) {
      throw new Difference([`the last job ended after ${lasted} ms; ${LONGEST_MS} is the longest`]);
    }
  }

  /** What n8n reports about the jobs that are posted to it now. */
  #reportsOf(rest: Rest): Step[] {
    const { now } = this.#state;
    const posted = [...this.#state.jobs.entries()].filter(
      ([, job]) => isDue(job, now) && job.stage !== 'claimed' && job.claimDeadline[0] > now,
    );
    return posted.flatMap(([job]) => {
      const report = { do: 'report', by: 'its execution', job, content: 10 } as const;
      if (rest === 'completes') {
        return [
          { ...report, report: 'job.started' },
          { ...report, report: 'job.completed' },
        ];
      }
      return rest === 'crashes' ? [{ ...report, report: 'job.started' }] : [];
    });
  }

  async #verb(step: SingleStep, { canFail = false } = {}): Promise<readonly string[]> {
    const action = this.#resolve(step);
    const wakes = this.#world.wakes;
    const wasDue = this.#due();
    await this.#world.setTime(this.#state.now);
    const answer = await this.#world.perform(this.#instance, action);
    await this.#check([verb(0, action, { canFail })], [answer]);
    const isDueNow = this.#due().some((job) => !wasDue.includes(job));
    if (isDueNow && this.#world.wakes === wakes) {
      throw new Difference(['a job became due, and nothing woke dispatch']);
    }
    return [answer];
  }

  async #together({ steps, dispatches, end }: Extract<Step, { do: 'together' }>) {
    const actions = steps.map((step) => this.#resolve(step));
    const isShared = actions.length + dispatches > 1;
    const delivering = { end, isHeld: false, isShared };
    const micros = [
      ...actions.map((action, member) => verb(member, action)),
      ...Array.from({ length: dispatches }, () => dispatch(delivering)),
    ];
    this.#count(this.#postName(end), dispatches > 0);
    await this.#world.setTime(this.#state.now);
    const [answers] = await Promise.all([
      Promise.all(actions.map((action, at) => this.#world.perform(at % 2, action))),
      ...Array.from({ length: dispatches }, (_, at) =>
        this.#world.dispatch((at + 1) % 2, end, { isHeld: false }).finish(),
      ),
    ]);
    await this.#check(micros, answers);
    return answers;
  }

  async #dispatch(end: End, during: readonly Step[]): Promise<readonly string[]> {
    this.#count(this.#postName(end));
    const micro = dispatch({ end, isHeld: true, isShared: false });
    await this.#world.setTime(this.#state.now);
    const dispatching = this.#world.dispatch(this.#instance, end, { isHeld: true });
    await dispatching.quiet();
    let held: readonly Micro[] = [];
    try {
      held = (await this.#check([micro], [])).held;
      for (const step of during) await this.step(step);
    } finally {
      await this.#world.setTime(this.#state.now);
      await dispatching.finish();
    }
    await this.#check(held, []);
    return [];
  }

  #postName(end: End): string {
    return this.#state.subscription === null && end !== 'died'
      ? 'posted, no subscription'
      : `posted, ${end}`;
  }

  /** Finds an order of the transactions that leads to what the API did, and goes on from there. */
  async #check(micros: readonly Micro[], answers: readonly string[]): Promise<Leaf> {
    const done = { answers, posts: this.#world.takePosts(), seen: await this.#world.see() };
    let nearest: string[] | undefined;
    for (const leaf of leaves(this.#start(), micros)) {
      const { differences, ids } = compare(leaf, done, this.#world);
      if (differences.length > 0) {
        if (nearest === undefined || differences.length < nearest.length) nearest = differences;
        continue;
      }
      this.#world.jobs = ids;
      this.#state = adopt(leaf.state, done.seen, ids);
      const broken = this.#promises.check(done.seen);
      if (broken.length > 0) throw new Difference(broken);
      return leaf;
    }
    throw new Difference(nearest ?? ['the model has no outcome']);
  }

  #start(): Leaf {
    return { state: this.#state, answers: [], posts: [], held: [] };
  }

  #pass(ms: number): void {
    this.#state = { ...this.#state, now: Math.ceil(this.#state.now + ms) };
  }

  #open(): Job[] {
    return this.#state.jobs.filter(({ status }) => status === 'PROCESSING');
  }

  #due(): number[] {
    const { jobs, now } = this.#state;
    return [...jobs.keys()].filter((at) => isDue(jobAt(this.#state, at), now));
  }

  #untilDue(): number {
    const times = this.#open().flatMap(({ nextAt }) => nextAt?.[0] ?? []);
    return times.length === 0 ? 0 : Math.max(0, Math.min(...times) - this.#state.now);
  }

  #resolve(step: SingleStep): Action {
    switch (step.do) {
      case 'report': {
        const { report, content } = step;
        const place = step.job % this.#state.jobs.length;
        const job = jobAt(this.#state, place);
        const isFormer = step.by === 'a former attempt' && job.attempt > 1;
        const by = step.by === 'a former attempt' && !isFormer ? 'its execution' : step.by;
        this.#count(reportName(report, by), true, place);
        const callback: Callback = {
          do: 'callback',
          webhookId: this.#nextWebhookId(),
          report,
          job: place,
          attempt: isFormer ? job.attempt - 1 : job.attempt,
          execution: senderOf(job, by === 'another execution'),
          content,
        };
        this.#sent.push(callback);
        return callback;
      }
      case 'again': {
        const callback = this.#sent.at(-1 - (step.back % Math.max(1, this.#sent.length)));
        if (callback === undefined) return { do: 'subscribe' };
        const id = step.isNewId ? 'a new webhook-id' : 'the same webhook-id';
        this.#count(`a callback again, ${id}`, true, callback.job);
        return step.isNewId ? { ...callback, webhookId: this.#nextWebhookId() } : callback;
      }
      case 'retry': {
        const job = step.job % this.#state.jobs.length;
        this.#count('a person’s retry', true, job);
        return { do: 'retry', job };
      }
      case 'edit': {
        const material = step.material % this.#state.materials.length;
        this.#countAbout('an edit of the text', { kind: 'analyze', material });
        return { do: 'edit', material, text: step.text };
      }
      case 'open': {
        const known = ABOUTS.slice(0, 1 + 2 * this.#state.materials.length);
        const about = known[step.about % known.length] ?? known[0];
        if (about === undefined) throw new Error('There is nothing to open a job about.');
        this.#countAbout('opened again', about);
        return { do: 'open', about, execution: step.execution };
      }
      case 'subscribe':
        this.#count('a subscription appears');
        return step;
      case 'unsubscribe':
        this.#count('a subscription disappears');
        return step;
      case 'restart':
        this.#count('n8n has restarted');
        return step;
    }
  }

  #nextWebhookId(): string {
    this.#webhooks += 1;
    return `callback_${this.#webhooks}`;
  }

  /** Counts an event for a job, or for all jobs. */
  #count(event: string, isPlayed = true, only?: number): void {
    if (!isPlayed) return;
    for (const [at, job] of this.#state.jobs.entries()) {
      if (only === undefined || only === at) this.#pairs.add(`${stateOf(job)} × ${event}`);
    }
  }

  #countAbout(event: string, { kind, material }: About): void {
    for (const [at, { about }] of this.#state.jobs.entries()) {
      if (about.kind === kind && about.material === material) this.#count(event, true, at);
    }
  }
}

/** The execution that has the job, or the first one; another one comes after it. */
function senderOf({ execution }: Job, isOther: boolean): string {
  const [first] = EXECUTIONS;
  const holder = execution ?? first;
  if (!isOther) return holder;
  const at = EXECUTIONS.findIndex((one) => one === holder);
  return EXECUTIONS[(at + 1) % EXECUTIONS.length] ?? first;
}
