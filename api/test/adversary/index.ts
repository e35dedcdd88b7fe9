import type { Kysely } from 'kysely';
import { HeaderError, materialId, SheetError, type MaterialId } from '../../../core/index.ts';
import type { Database } from '../../db/schema.ts';
import { VanishedError } from '../../sync/vanish.ts';
import type { Bench } from '../syncBench.ts';
import { Ledger } from './ledger.ts';
import { runNode, type NodeRun } from './node.ts';
import { People, type PersonsDeed } from './people.ts';

/** What happens at once: between a read and its write, too. */
export type Deed =
  | PersonsDeed
  | { kind: 'node'; run: NodeRun }
  /** The other instance's cycle; the process dies. */
  | { kind: 'other' | 'crash' };

export interface Fault {
  readonly kind: 'status' | 'reset';
  readonly status?: number;
  readonly when: 'before' | 'after';
}

export type Step =
  | { kind: 'add' }
  | { kind: 'analyse' | 'edit'; which: number }
  | { kind: 'deed'; deed: Deed }
  | { kind: 'cycle'; instance: 0 | 1; behind: Deed | null; fault: Fault | null }
  | { kind: 'node'; run: NodeRun; behind: Deed | null; fault: Fault | null };

/**
 * Two instances of the API, people and nodes on one sheet, and the account of what must be found in
 * the end: every material once, and every text in the sheet, in a conflict or in the history.
 */
export class Adversary {
  readonly #db: Kysely<Database>;
  readonly #bench: Bench;
  readonly #instances: readonly ReturnType<Bench['instance']>[];
  readonly #ledger = new Ledger();
  readonly #people: People;
  readonly #added: MaterialId[] = [];

  /** @param isConfirming false: the instances take every write for what it was planned to be */
  constructor(db: Kysely<Database>, bench: Bench, isConfirming: boolean) {
    this.#db = db;
    this.#bench = bench;
    this.#people = new People(bench, this.#ledger);
    const start = isConfirming ? bench.instance : bench.credulous;
    this.#instances = [start(), start()];
  }

  async play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'add':
        return this.#add();
      case 'analyse':
        return this.#write(step.which, 'ringkasan', this.#bench.analysed);
      case 'edit':
        return this.#write(step.which, 'uraian', this.#bench.edited);
      case 'deed':
        return this.#do(step.deed, 0).catch(isExpected);
      case 'cycle':
        return this.#cycle(step);
      case 'node':
        return this.#node(step);
    }
  }

  /** Lets everything come to rest. @returns what was lost or doubled */
  async rest(): Promise<{ problems: string[] }> {
    await this.#people.giveNameBack();
    await this.#db.updateTable('catalog_state').set({ confirmed_at: new Date() }).execute();
    const last = this.#bench.instance();
    await last.settle();
    // A row counts as deleted when a second cycle has not found it either.
    await last.cycle();
    const problems: string[] = [];
    const [header = [], ...rows] = await this.#bench.rows();
    const cell = (cells: readonly unknown[], name: string) => {
      const found = cells[header.indexOf(name)];
      return typeof found === 'string' ? found : '';
    };
    const materials = rows.filter((cells) => cell(cells, 'MATERIAL_TITLE') !== '');

    const ids = materials.map((cells) => cell(cells, 'MATERIAL_ID'));
    if (new Set(ids).size < ids.length) problems.push('an id stands twice');
    const shown = await this.#bench.shown();
    for (const id of shown) if (!ids.includes(id)) problems.push(`${id} is shown, and has no row`);
    // A row that people copied while a mistake stood in it has no id of the portal's: it is reported.
    for (const id of ids.filter((text) => materialId.safeParse(text).success))
      if (!shown.includes(id)) problems.push(`${id} has a row, and is not shown`);

    const titles = materials.map((cells) => cell(cells, 'MATERIAL_TITLE'));
    const conflicts = await this.#bench.conflicts();
    const kept = [conflicts, await this.#bench.missing(), await this.#bench.replaced()];
    const everywhere = JSON.stringify([rows, kept]);
    return { problems: [...problems, ...this.#ledger.problems(titles, everywhere)] };
  }

  async #add(): Promise<void> {
    const title = `Baru ${this.#added.length}`;
    const id = await this.#bench.add(title);
    this.#added.push(id);
    this.#ledger.expectRow(id, title);
  }

  /** The portal's own writing: what it writes of a material, by a job or by a teacher. */
  async #write(
    which: number,
    what: string,
    write: (id: MaterialId, text: string) => Promise<boolean>,
  ): Promise<void> {
    const id = this.#added[which];
    if (id === undefined) return;
    const text = this.#ledger.newText(what);
    if (await write(id, text)) this.#ledger.expectOwn(`${what} ${id}`, text);
  }

  async #cycle({ instance, behind, fault }: Extract<Step, { kind: 'cycle' }>): Promise<void> {
    const api = this.#instances[instance];
    const other = instance === 0 ? 1 : 0;
    await this.#during(fault, async () => {
      await (behind === null ? api?.cycle() : api?.cycleWith(() => this.#do(behind, other)));
    });
  }

  async #node({ run, behind, fault }: Extract<Step, { kind: 'node' }>): Promise<void> {
    await this.#during(fault, () =>
      runNode(this.#bench, this.#ledger, run, async () => {
        if (behind !== null) await this.#do(behind, 0);
      }),
    );
  }

  async #during(fault: Fault | null, work: () => Promise<void>): Promise<void> {
    if (fault !== null) {
      await this.#bench.post('faults', { service: 'sheets', method: 'batchUpdate', ...fault });
    }
    await work().catch(isExpected);
    await fetch(`${this.#bench.google.url}/stand-in/faults`, { method: 'DELETE' });
  }

  async #do(deed: Deed, other: 0 | 1): Promise<void> {
    switch (deed.kind) {
      case 'crash':
        throw new Error('killed');
      case 'other':
        await this.#instances[other]?.cycle().catch(isExpected);
        return;
      case 'node':
        await runNode(this.#bench, this.#ledger, deed.run, async () => {}).catch(isExpected);
        return;
      default:
        await this.#people.do(deed);
    }
  }
}

function isExpected(error: unknown): void {
  const isOfTheSheet =
    error instanceof SheetError || error instanceof HeaderError || error instanceof VanishedError;
  if (!isOfTheSheet && String(error) !== 'Error: killed') throw error;
}
