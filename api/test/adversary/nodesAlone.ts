import { HeaderError, SheetError } from '../../../core/index.ts';
import type { Deed, History, PersonsDeed, Windows } from './deeds.ts';
import { FaultyGoogle, type Meeting } from './google.ts';
import { HEADER } from './headers.ts';
import { MemorySheet } from './memorySheet.ts';
import { NodeOutputs, runNode, type NodeRun } from './node.ts';
import { Oracle } from './oracle.ts';
import { People } from './people.ts';
import { Tokens } from './tokens.ts';

const QUIET: Windows = { beforeWrite: [], afterWrite: [] };

/** So many runs after the last fault roll back what is to be rolled back. */
const LAST_RUNS = 5;

class Killed extends Error {}

/** Nodes and people on one sheet without the portal, so without PostgreSQL. */
class NodesAlone {
  readonly #tokens = new Tokens();
  readonly #outputs = new NodeOutputs();
  readonly #sheet: MemorySheet;
  readonly #oracle: Oracle;
  readonly #google: FaultyGoogle;
  readonly #people: People;

  constructor(google: History['google']) {
    const rows = [1, 2, 3].map((row) => [
      'IPA',
      this.#tokens.typed('Judul').text,
      this.#tokens.typed('uraian').text,
      ...['Video', 'Fase C', '', '', ''],
      row === 3 ? '' : `01980000-0000-7000-8000-00000000000${row}`,
      ...['', '', '', ''],
      this.#tokens.typed('catatan').text,
    ]);
    this.#sheet = new MemorySheet([HEADER, ...rows], google);
    this.#oracle = new Oracle(this.#sheet, this.#tokens);
    this.#oracle.begin();
    this.#google = new FaultyGoogle(this.#sheet, (change, seen) =>
      this.#oracle.batch(change, seen),
    );
    this.#people = new People(this.#sheet, this.#oracle, this.#tokens, () => this.#google.target);
  }

  async play({ steps }: History): Promise<void> {
    for (const step of steps) {
      if (step.kind === 'node') await this.#node(step.run, step, step.fault);
      else if (step.kind === 'deeds') await this.#all(step.deeds);
    }
  }

  /** @returns what was lost or is in a wrong cell */
  async rest(): Promise<string[]> {
    await this.#google.arrive();
    this.#people.clearTheWay();
    const run = { operation: 'create', row: 1, field: 'description', isKilled: false } as const;
    for (let count = 0; count < LAST_RUNS; count += 1) await this.#node(run, QUIET, null);
    const { texts } = this.#outputs;
    return this.#oracle.problems({ texts, unplacedHeaders: texts, metadata: new Set() });
  }

  async #node(run: NodeRun, windows: Windows, fault: Meeting['fault']): Promise<void> {
    let isDead = false;
    const requireAlive = () => {
      if (isDead) throw new Killed('the node was killed');
    };
    const meeting: Meeting = {
      fault,
      kill: run.isKilled ? { at: 'afterWrite', count: 0 } : null,
      requireAlive,
      die: () => (isDead = true),
      beforeWrite: (write) => this.#all(windows.beforeWrite[write] ?? []),
      afterWrite: (write) => this.#all(windows.afterWrite[write] ?? []),
    };
    const transport = this.#google.transport(() => meeting);
    const [sheet, tokens, outputs] = [this.#sheet, this.#tokens, this.#outputs];
    const world = { sheet, tokens, outputs, transport, isDisturbed: fault !== null };
    await runNode(world, run).catch(requireExpected);
  }

  async #all(deeds: readonly Deed[]): Promise<void> {
    for (const deed of deeds) {
      if (deed.kind === 'arrive') await this.#google.arrive();
      else if (deed.kind === 'node') await this.#node(deed.run, QUIET, null);
      else if (isOfPeople(deed)) this.#do(deed);
    }
  }

  #do(deed: PersonsDeed): void {
    const isOfJournal = deed.kind === 'restore' || deed.kind === 'deleteJournal';
    if (isOfJournal && this.#google.isHolding) return;
    if (isOfJournal) this.#google.journalIsTaken();
    this.#people.do(deed);
  }
}

/** Plays a history of nodes and people on a new sheet. @returns what was lost or is in a wrong cell */
export async function lossesOfNodes(history: History): Promise<string[]> {
  const nodes = new NodesAlone(history.google);
  await nodes.play(history);
  return nodes.rest();
}

function isOfPeople(deed: Deed): deed is PersonsDeed {
  return !['portal', 'other', 'arrive', 'node'].includes(deed.kind);
}

function requireExpected(error: unknown): void {
  const isExpected =
    error instanceof SheetError || error instanceof HeaderError || error instanceof Killed;
  if (!isExpected) throw error;
}
