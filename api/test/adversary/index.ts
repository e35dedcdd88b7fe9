import type { Kysely } from 'kysely';
import { HeaderError, SheetError } from '../../../core/index.ts';
import type { Database } from '../../db/schema.ts';
import { VanishedError } from '../../sync/vanish.ts';
import type { Deed, History, Step, Windows } from './deeds.ts';
import { FaultyGoogle, type Meeting } from './google.ts';
import { HEADER } from './headers.ts';
import { MemorySheet } from './memorySheet.ts';
import { NodeOutputs, runNode, type NodeRun } from './node.ts';
import { Oracle } from './oracle.ts';
import { People } from './people.ts';
import { PortalWriter } from './portal.ts';
import { ApiProcess, Killed } from './process.ts';
import { agreement } from './agreement.ts';
import { Tokens } from './tokens.ts';

/** So many cycles after the last fault everything agrees. */
const MOST_CYCLES = 5;

const QUIET: Windows = { beforeWrite: [], afterWrite: [] };

/** Two instances of the API, people and nodes on one sheet, and the oracle that follows each text. */
export class Adversary {
  readonly #db: Kysely<Database>;
  readonly #tokens = new Tokens();
  readonly #outputs = new NodeOutputs();
  readonly #sheet: MemorySheet;
  readonly #oracle: Oracle;
  readonly #google: FaultyGoogle;
  readonly #people: People;
  readonly #portal: PortalWriter;
  readonly #instances: [Instance, Instance];

  constructor(db: Kysely<Database>, google: History['google'] = {}) {
    this.#db = db;
    const rows = [1, 2, 3].map(() => [
      'IPA',
      this.#tokens.typed('Judul').text,
      this.#tokens.typed('uraian').text,
      ...['Video', 'Fase C', '', '', '', '', '', '', '', ''],
      this.#tokens.typed('catatan').text,
    ]);
    this.#sheet = new MemorySheet([HEADER, ...rows], google);
    this.#oracle = new Oracle(this.#sheet, this.#tokens);
    this.#oracle.begin();
    this.#google = new FaultyGoogle(this.#sheet, (change, seen) =>
      this.#oracle.batch(change, seen),
    );
    this.#people = new People(this.#sheet, this.#oracle, this.#tokens, () => this.#google.target);
    this.#portal = new PortalWriter(db, this.#tokens);
    this.#instances = [this.#instance(), this.#instance()];
  }

  /** How many cells were overwritten that nobody can restore (see Oracle.batch). */
  get unseen(): number {
    return this.#oracle.unseen;
  }

  async play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'add':
        return this.#portal.add();
      case 'deeds':
        return this.#all(step.deeds, 1);
      case 'cycle': {
        const { instance, fault, kill } = step;
        const running = this.#instances[instance];
        const other = instance === 0 ? 1 : 0;
        running.meet(this.#meeting(step, other, { fault, kill, process: running }));
        await running
          .cycle(kill?.at === 'statement' ? kill.count : undefined)
          .catch(requireExpected);
        return;
      }
      case 'node':
        return this.#node(step.run, step, step.fault);
    }
  }

  /** Lets everything come to rest. @returns what was lost, doubled or never comes to rest */
  async rest(): Promise<string[]> {
    const problems: string[] = [];
    await this.#google.arrive();
    await this.#portal.wait();
    if (!(await this.#isQuietAfter(2 * MOST_CYCLES))) problems.push('writes go on for ever');
    this.#people.clearTheWay();
    await this.#portal.confirm();
    const isQuiet = await this.#isQuietAfter(MOST_CYCLES);
    if (!isQuiet) problems.push('writes go on once nothing is in their way');
    const records = await this.#portal.records();
    const texts = new Set([...records.texts, ...this.#outputs.texts]);
    return [
      ...problems,
      ...this.#oracle.problems({ ...records, texts }),
      ...agreement(this.#sheet, await this.#portal.materials()),
    ];
  }

  /**
   * Whether the cycle after so many writes nothing. They are a new leader's cycles: a leader that knows
   * of a row that cannot be written waits for a while before it tries that row again.
   */
  async #isQuietAfter(cycles: number): Promise<boolean> {
    const instance = this.#instance();
    for (let count = 0; count < cycles; count += 1) await instance.cycle().catch(requireExpected);
    const { landed } = this.#google;
    await instance.cycle().catch(requireExpected);
    return this.#google.landed === landed;
  }

  #instance(): Instance {
    const open = (meeting: () => Meeting) =>
      new ApiProcess(this.#db, this.#google.transport(meeting));
    return new Instance(open);
  }

  async #node(run: NodeRun, windows: Windows, fault: Meeting['fault']): Promise<void> {
    const kill = run.isKilled ? ({ at: 'afterWrite', count: 0 } as const) : null;
    let isDead = false;
    const process = {
      kill: () => (isDead = true),
      requireAlive: () => {
        if (isDead) throw new Killed('the node was killed');
      },
    };
    const meeting = this.#meeting(windows, 0, { fault, kill, process });
    const transport = this.#google.transport(() => meeting);
    const [sheet, tokens, outputs] = [this.#sheet, this.#tokens, this.#outputs];
    const isDisturbed = fault !== null;
    await runNode({ sheet, tokens, outputs, transport, isDisturbed }, run).catch(requireExpected);
  }

  #meeting(
    { beforeWrite, afterWrite }: Windows,
    other: 0 | 1,
    { fault, kill, process }: Pick<Meeting, 'fault' | 'kill'> & { process: Mortal },
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
        return this.#google.arrive();
      case 'portal':
        return this.#portal.change(deed.what, deed.which);
      case 'node':
        return this.#node(deed.run, QUIET, null);
      default:
        // A batch that is on its way while people take the journal away may land twice: then a row is
        // there twice. docs/architecture.md says so.
        if (isOfJournal(deed) && this.#google.isHolding) return;
        if (isOfJournal(deed)) this.#google.journalIsTaken();
        this.#people.do(deed);
    }
  }
}

function isOfJournal({ kind }: Deed): boolean {
  return kind === 'restore' || kind === 'deleteJournal';
}

interface Mortal {
  kill(): void;
  requireAlive(): void;
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
  const isExpected =
    error instanceof SheetError ||
    error instanceof HeaderError ||
    error instanceof VanishedError ||
    error instanceof Killed ||
    isOverlap(error) ||
    isOfName(error);
  if (!isExpected) throw error;
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
