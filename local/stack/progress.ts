import { styleText } from 'node:util';

/** Where the lines of progress go; `colour` only where a person looks (a terminal). */
export interface Screen {
  readonly write: (line: string) => void;
  readonly colour: boolean;
}

/** One part on its way: `done` and `failed` print its line with the time it took. */
export interface Step {
  readonly done: (detail?: string) => void;
  readonly failed: () => void;
}

/** Milliseconds between two signs of life of a part that takes long. */
const SIGN_OF_LIFE = 10_000;

/** A line of progress for each part, which reads as well in a log as on a terminal. */
export class Progress {
  readonly #screen: Screen;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Begins a part; while it lasts, a line every 10 s says that it is still on its way. */
  begin(name: string): Step {
    const began = performance.now();
    const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
    const alive = setInterval(
      () => this.#line('·', 'dim', name, seconds(), 'still starting …'),
      SIGN_OF_LIFE,
    );
    return {
      done: (detail = '') => {
        clearInterval(alive);
        this.#line('✔', 'green', name, seconds(), detail);
      },
      failed: () => {
        clearInterval(alive);
        this.#line('✖', 'red', name, seconds(), 'failed');
      },
    };
  }

  /** Runs `work` as a part with a line of its own. */
  async during<T>(
    name: string,
    work: () => Promise<T>,
    detail?: (result: T) => string,
  ): Promise<T> {
    const step = this.begin(name);
    try {
      const result = await work();
      step.done(detail?.(result));
      return result;
    } catch (error) {
      step.failed();
      throw error;
    }
  }

  note(text: string): void {
    this.#screen.write(`  ${this.#paint('dim', text)}`);
  }

  #line(
    mark: string,
    colour: 'green' | 'red' | 'dim',
    name: string,
    time: string,
    detail: string,
  ): void {
    const tail = detail === '' ? '' : `  ${this.#paint('dim', detail)}`;
    this.#screen.write(
      `  ${this.#paint(colour, mark)} ${name.padEnd(18)} ${time.padStart(7)}${tail}`,
    );
  }

  #paint(colour: 'green' | 'red' | 'dim', text: string): string {
    return this.#screen.colour ? styleText(colour, text, { validateStream: false }) : text;
  }
}
