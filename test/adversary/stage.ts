import { HeaderError, SheetError } from '../../core/index.ts';
import type { Deed, History, PersonsDeed, Windows } from './deeds.ts';
import { FaultyGoogle, type Meeting } from './google.ts';
import { HEADER } from './headers.ts';
import { MemorySheet } from './memorySheet.ts';
import { NodeOutputs, runNode, type NodeRun } from './node.ts';
import { Oracle } from './oracle.ts';
import { People } from './people.ts';
import { Tokens } from './tokens.ts';

/** The process ended at this moment. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

const QUIET: Windows = { beforeWrite: [], afterWrite: [] };

/** A sheet of three rows, the people and nodes that write to it, and the oracle that follows each text. */
export class Stage {
  readonly tokens = new Tokens();
  readonly outputs = new NodeOutputs();
  readonly sheet: MemorySheet;
  readonly oracle: Oracle;
  readonly google: FaultyGoogle;
  readonly #people: People;

  /** @param ids MATERIAL_ID of each row */
  constructor(google: History['google'], ids: readonly string[]) {
    const rows = ids.map((id) => [
      'IPA',
      this.tokens.typed('Judul').text,
      this.tokens.typed('uraian').text,
      ...['Video', 'Fase C', '', '', '', id, '', '', '', ''],
      this.tokens.typed('catatan').text,
    ]);
    this.sheet = new MemorySheet([HEADER, ...rows], google);
    this.oracle = new Oracle(this.sheet, this.tokens);
    this.oracle.begin();
    this.google = new FaultyGoogle(this.sheet, (change, seen) => this.oracle.batch(change, seen));
    this.#people = new People(this.sheet, this.oracle, this.tokens, () => this.google.target);
  }

  /** @param play what happens around the writes of the run */
  async node(
    run: NodeRun,
    play: (deeds: readonly Deed[]) => Promise<void>,
    { beforeWrite, afterWrite }: Windows = QUIET,
    fault: Meeting['fault'] = null,
  ): Promise<void> {
    let isDead = false;
    const meeting: Meeting = {
      fault,
      kill: run.isKilled ? { at: 'afterWrite', count: 0 } : null,
      requireAlive: () => {
        if (isDead) throw new Killed('the node was killed');
      },
      die: () => (isDead = true),
      beforeWrite: (write) => play(beforeWrite[write] ?? []),
      afterWrite: (write) => play(afterWrite[write] ?? []),
    };
    const transport = this.google.transport(() => meeting);
    const { sheet, tokens, outputs } = this;
    const world = { sheet, tokens, outputs, transport, isDisturbed: fault !== null };
    await runNode(world, run).catch((error: unknown) => {
      if (!isExpected(error)) throw error;
    });
  }

  people(deed: PersonsDeed): void {
    const isOfJournal = deed.kind === 'restore' || deed.kind === 'deleteJournal';
    // A batch that is on its way while people take the journal away may land twice: then a row is
    // there twice. docs/architecture.md says so.
    if (isOfJournal && this.google.isHolding) return;
    if (isOfJournal) this.google.journalIsTaken();
    this.#people.do(deed);
  }

  /** Everything that Google held arrives, and people take away what would hold up a write for ever. */
  async clear(): Promise<void> {
    await this.google.arrive();
    this.#people.clearTheWay();
  }
}

/** Whether a writer may throw this: its next run goes on. */
export function isExpected(error: unknown): boolean {
  return error instanceof SheetError || error instanceof HeaderError || error instanceof Killed;
}
