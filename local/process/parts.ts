import { join } from 'node:path';
import { ProcessRecord } from './leftovers.ts';
import { beginLog } from './log.ts';
import { Part, type PartDied, type PartSpec } from './part.ts';

/** What a part is, but for where its log goes: that is the same for all. */
export type PartPlan = Omit<PartSpec, 'logFile'>;

/** The processes of one stack: started in any order, stopped together, the database last. */
export class Parts {
  readonly record: ProcessRecord;
  readonly #logs: string;
  readonly #onDeath: (death: PartDied) => void;
  readonly #parts: Part[] = [];
  #stopped: Promise<void> | undefined;

  constructor(state: string, onDeath: (death: PartDied) => void) {
    this.record = new ProcessRecord(join(state, 'processes.json'));
    this.#logs = join(state, 'logs');
    this.#onDeath = onDeath;
  }

  /**
   * Makes a part and starts it.
   * @throws Error when the stack is being stopped; PartDied when the part ends before it is ready
   */
  async start(plan: PartPlan): Promise<Part> {
    if (this.#stopped !== undefined) throw new Error(`${plan.name} is not started: stopping`);
    const logFile = join(this.#logs, `${plan.name.toLowerCase().replaceAll(' ', '-')}.log`);
    beginLog(logFile);
    const part = new Part({ ...plan, logFile }, this.record, (death) => this.#onDeath(death));
    this.#parts.push(part);
    await part.start();
    return part;
  }

  /** Stops all parts, the database after those that use it. No other can be started then. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    const isDatabase = (part: Part) => part.name === 'PostgreSQL';
    await Promise.all(this.#parts.filter((part) => !isDatabase(part)).map((part) => part.stop()));
    await Promise.all(this.#parts.filter(isDatabase).map((part) => part.stop()));
  }
}
