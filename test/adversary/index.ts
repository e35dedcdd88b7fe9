import type { Kysely } from 'kysely';
import type { Database } from '../../api/db/schema.ts';
import { VanishedError } from '../../api/sync/vanish.ts';
import { agreement } from './agreement.ts';
import type { Deed, History, Step } from './deeds.ts';
import type { Meeting } from './google.ts';
import { PortalWriter } from './portal.ts';
import { ApiProcess } from './process.ts';
import { isExpected, Stage } from './stage.ts';

/** So many cycles after the last fault everything agrees. */
const MOST_CYCLES = 5;

type CycleStep = Extract<Step, { kind: 'cycle' }>;

/** Two instances of the API, people and nodes on one sheet, and the oracle that follows each text. */
export class Adversary {
  readonly #db: Kysely<Database>;
  readonly #stage: Stage;
  readonly #portal: PortalWriter;
  readonly #instances: [Instance, Instance];

  constructor(db: Kysely<Database>, google: History['google'] = {}) {
    this.#db = db;
    this.#stage = new Stage(google, ['', '', '']);
    this.#portal = new PortalWriter(db, this.#stage.tokens);
    this.#instances = [this.#instance(), this.#instance()];
  }

  /** How many cells were overwritten that nobody can restore (see Oracle.batch). */
  get unseen(): number {
    return this.#stage.oracle.unseen;
  }

  async play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'add':
        return this.#portal.add();
      case 'deeds':
        return this.#all(step.deeds, 1);
      case 'cycle': {
        const { instance, kill } = step;
        const running = this.#instances[instance];
        const other = instance === 0 ? 1 : 0;
        running.meet(this.#meeting(step, other, running));
        await running
          .cycle(kill?.at === 'statement' ? kill.count : undefined)
          .catch(requireExpected);
        return;
      }
      case 'node':
        return this.#stage.node(step.run, (deeds) => this.#all(deeds, 0), step, step.fault);
    }
  }

  /** Lets everything come to rest. @returns what was lost, doubled or never comes to rest */
  async rest(): Promise<string[]> {
    const problems: string[] = [];
    await this.#stage.google.arrive();
    await this.#portal.wait();
    if (!(await this.#isQuietAfter(2 * MOST_CYCLES))) problems.push('writes go on for ever');
    await this.#stage.clear();
    await this.#portal.confirm();
    const isQuiet = await this.#isQuietAfter(MOST_CYCLES);
    if (!isQuiet) problems.push('writes go on once nothing is in their way');
    const records = await this.#portal.records();
    const { outputs, oracle, sheet } = this.#stage;
    const texts = new Set([...records.texts, ...outputs.texts]);
    return [
      ...problems,
      ...oracle.problems({ ...records, texts }),
      ...agreement(sheet, await this.#portal.materials()),
    ];
  }

  /**
   * Whether the cycle after so many writes nothing. They are a new leader's cycles: a leader that knows
   * of a row that cannot be written waits for a while before it tries that row again. All cycles after
   * one that finds nothing to do are the same, so they are left out.
   */
  async #isQuietAfter(cycles: number): Promise<boolean> {
    const instance = this.#instance();
    for (let count = 0; count < cycles && !instance.isAtRest; count += 1) {
      await instance.cycle().catch(requireExpected);
    }
    const { landed } = this.#stage.google;
    await instance.cycle().catch(requireExpected);
    return this.#stage.google.landed === landed;
  }

  #instance(): Instance {
    const open = (meeting: () => Meeting) =>
      new ApiProcess(this.#db, this.#stage.google.transport(meeting));
    return new Instance(open);
  }

  #meeting(
    { fault, kill, beforeWrite, afterWrite }: CycleStep,
    other: 0 | 1,
    process: Instance,
  ): Meeting {
    return {
      fault,
      kill,
      requireAlive: () => process.requireAlive(),
      die: () => process.kill(),
      beforeWrite: (write) => this.#all(beforeWrite[write] ?? [], other),
      afterWrite: (write) => this.#all(afterWrite[write] ?? [], other),
    };
  }

  async #all(deeds: readonly Deed[], other: 0 | 1): Promise<void> {
    for (const deed of deeds) await this.#do(deed, other);
  }

  async #do(deed: Deed, other: 0 | 1): Promise<void> {
    switch (deed.kind) {
      case 'other':
        return this.#instances[other].inside();
      case 'arrive':
        return this.#stage.google.arrive();
      case 'portal':
        return this.#portal.change(deed.what, deed.which);
      case 'node':
        return this.#stage.node(deed.run, (deeds) => this.#all(deeds, 0));
      default:
        this.#stage.people(deed);
    }
  }
}

/** One of the API's instances: a process that is started anew when it was killed. */
class Instance {
  readonly #open: (meeting: () => Meeting) => ApiProcess;
  #process: ApiProcess;
  #meeting: Meeting;
  #isRunning = false;

  constructor(open: (meeting: () => Meeting) => ApiProcess) {
    this.#open = open;
    this.#meeting = this.#undisturbed();
    this.#process = open(() => this.#meeting);
  }

  meet(meeting: Meeting): void {
    this.#meeting = meeting;
  }

  kill(): void {
    this.#process.kill();
  }

  requireAlive(): void {
    this.#process.requireAlive();
  }

  get isAtRest(): boolean {
    return this.#process.isAtRest;
  }

  async cycle(statements?: number): Promise<void> {
    this.#isRunning = true;
    try {
      await this.#process.cycle(statements);
    } finally {
      this.#isRunning = false;
      this.#meeting = this.#undisturbed();
      if (this.#process.isDead) this.#process = this.#open(() => this.#meeting);
    }
  }

  /** A cycle while another instance is within one. */
  async inside(): Promise<void> {
    if (!this.#isRunning) await this.cycle().catch(requireExpected);
  }

  #undisturbed(): Meeting {
    return {
      fault: null,
      kill: null,
      requireAlive: () => this.#process.requireAlive(),
      die: () => this.#process.kill(),
      beforeWrite: () => Promise.resolve(),
      afterWrite: () => Promise.resolve(),
    };
  }
}

/** What a cycle or a node may throw: the next cycle goes on. */
function requireExpected(error: unknown): void {
  const isOfCycle = error instanceof VanishedError || isOverlap(error) || isOfName(error);
  if (!isOfCycle && !isExpected(error)) throw error;
}

/** The portal changed a material while a cycle merged it: the cycle begins anew. */
function isOverlap(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')
  );
}

function isOfName(error: unknown): boolean {
  return error instanceof Error && error.name === 'EmptiedSheetError';
}
