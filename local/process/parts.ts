import { join } from 'node:path';
import { ProcessRecord } from './leftovers.ts';
import { PartLog } from './log.ts';
import { LAST_LINES, Part, PartDied, type PartSpec } from './part.ts';

/** A part without its log: all parts write their logs into one folder. */
export type PartPlan = Omit<PartSpec, 'log'>;

/** The processes of one stack: started in any order, stopped together, the database last. */
export class Parts {
  readonly record: ProcessRecord;
  readonly #logs: string;
  readonly #onDeath: (death: PartDied) => void;
  readonly #say: (text: string) => void;
  readonly #parts: Part[] = [];
  #stopped: Promise<void> | undefined;
  #saidLoss = false;

  /** @param say prints a fault that does not end the stack */
  constructor(
    state: string,
    onDeath: (death: PartDied) => void,
    say: (text: string) => void = () => undefined,
  ) {
    this.record = new ProcessRecord(join(state, 'processes.json'));
    this.#logs = join(state, 'logs');
    this.#onDeath = onDeath;
    this.#say = say;
  }

  /**
   * Makes a part and starts it.
   * @throws Error when the stack is being stopped; PartDied when the part ends before it is ready
   */
  async start(plan: PartPlan): Promise<Part> {
    if (this.#stopped !== undefined) throw new Error(`${plan.name} is not started: stopping`);
    const file = join(this.#logs, `${plan.name.toLowerCase().replaceAll(' ', '-')}.log`);
    const log = new PartLog(file, (error) => this.#tellLoss(plan.name, error));
    const part = new Part({ ...plan, log }, this.record, (death) =>
      this.#onDeath(this.#causeOf(death)),
    );
    this.#parts.push(part);
    try {
      await part.start();
    } catch (error) {
      throw error instanceof PartDied ? this.#causeOf(error) : error;
    }
    return part;
  }

  /** Stops all parts. The database stops after the parts that use it. No other can be started then. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    const isDatabase = (part: Part) => part.name === 'PostgreSQL';
    const others = this.#parts.filter((part) => !isDatabase(part));
    const ends = [
      ...(await Promise.allSettled(others.map((part) => part.stop()))),
      ...(await Promise.allSettled(this.#parts.filter(isDatabase).map((part) => part.stop()))),
    ];
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  /** A part may end because another one has met a full disk, such as the API without its database. */
  #causeOf(death: PartDied): PartDied {
    const deaths = this.#parts.map(
      (part) => new PartDied(part.name, 'it cannot write', part.log(LAST_LINES)),
    );
    const first = deaths.find(({ advice }) => advice !== undefined);
    return death.advice === undefined && first !== undefined ? first : death;
  }

  #tellLoss(name: string, { message }: Error): void {
    if (this.#saidLoss) return;
    this.#saidLoss = true;
    this.#say(
      `The log of ${name} in ${this.#logs} cannot be written (${message}). ` +
        'Everything goes on; lines of logs are dropped until they can be written again.',
    );
  }
}
