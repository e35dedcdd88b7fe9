import type { KyselyPlugin, Kysely } from 'kysely';
import { openSheet, type SheetTransport } from '../../core/index.ts';
import type { Database } from '../../api/db/schema.ts';
import { syncCycle, type CycleResult } from '../../api/sync/cycle.ts';
import { Parking } from '../../api/sync/parking.ts';
import { TAB } from './memorySheet.ts';
import { Killed } from './stage.ts';

/** One instance of the API as far as syncing goes, with a memory of its own until it is killed. */
export class ApiProcess {
  readonly #cycle: (last: CycleResult | null) => Promise<CycleResult>;
  #last: CycleResult | null = null;
  #isAtRest = false;
  #isDead = false;
  #statementsLeft = Infinity;

  constructor(db: Kysely<Database>, transport: SheetTransport) {
    const alive: KyselyPlugin = {
      transformQuery: ({ node }) => {
        this.#statementsLeft -= 1;
        if (this.#statementsLeft < 0) this.kill();
        this.requireAlive();
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    };
    const connection = db.withPlugin(alive);
    const sheet = openSheet(transport, TAB);
    const parking = new Parking();
    const deps = { connection, sheet, parking, sample: () => Promise.resolve([]) };
    this.#cycle = (last) => syncCycle(deps, last);
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /**
   * Whether the newest cycle kept the memory of the one before: it found the sheet as it had left it, and
   * nothing that waits. Until somebody changes something, each further cycle finds the same.
   */
  get isAtRest(): boolean {
    return this.#isAtRest;
  }

  /** Nothing that this process would still do happens. */
  kill(): void {
    this.#isDead = true;
  }

  /** @throws Killed */
  requireAlive(): void {
    if (this.#isDead) throw new Killed('the process was killed');
  }

  /** @param statements after how many statements to PostgreSQL the process is killed */
  async cycle(statements = Infinity): Promise<CycleResult> {
    this.#statementsLeft = statements;
    this.#isAtRest = false;
    try {
      const before = this.#last;
      this.#last = await this.#cycle(before);
      this.#isAtRest = before !== null && this.#last.memory === before.memory;
      return this.#last;
    } catch (error) {
      this.#last = null;
      throw error;
    } finally {
      this.#statementsLeft = Infinity;
    }
  }
}
