import { styleText } from 'node:util';

type Format = 'bold' | 'cyan' | 'dim' | 'green' | 'red' | 'yellow';

/** Where the demo prints: a terminal with colours and bars that move, or plain lines. */
export class Paper {
  readonly live: boolean;
  readonly width: number;
  readonly #colour: boolean;
  #drawn = 0;

  constructor(stream: { isTTY?: boolean; columns?: number; hasColors?: () => boolean }) {
    this.live = stream.isTTY === true;
    this.width = Math.min(stream.columns ?? 120, 120);
    this.#colour = this.live && stream.hasColors?.() === true;
  }

  paint(format: Format, text: string): string {
    return this.#colour ? styleText(format, text, { validateStream: false }) : text;
  }

  line(text = ''): void {
    this.#drawn = 0;
    console.log(text === '' ? '' : `  ${text}`);
  }

  /** The heading of a section, with more lines about it, and an empty line. */
  heading(text: string, ...more: readonly string[]): void {
    this.line(this.paint('bold', text));
    for (const line of more) this.line(this.paint('dim', line));
    this.line();
  }

  /** Draws lines in the place of those drawn just before; on a plain stream, only what is new. */
  redraw(lines: readonly string[]): void {
    if (this.#drawn > 0) process.stdout.write(`\u001b[${this.#drawn}A`);
    for (const text of lines) process.stdout.write(`\u001b[2K  ${text}\n`);
    this.#drawn = lines.length;
  }

  bar(share: number): string {
    const size = 24;
    const full = Math.round(share * size);
    return this.paint('green', '█'.repeat(full)) + this.paint('dim', '░'.repeat(size - full));
  }

  /** A labelled text, wrapped to the paper's width, its further lines under the first. */
  field(label: string, text: string): void {
    const indent = 12;
    const room = this.width - indent - 4;
    const lines = wrap(text, room);
    lines.forEach((part, index) => {
      const head = (index === 0 ? label : '').padEnd(indent);
      this.line(`${this.paint('dim', head)}${part}`);
    });
  }
}

/** Cuts a text that is longer than `size`, saying so. */
export function cut(text: string, size: number): string {
  return text.length <= size
    ? text.padEnd(size)
    : `${text.slice(0, size - 1).trimEnd()}…`.padEnd(size);
}

function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/)) {
    if (current !== '' && current.length + 1 + word.length > room) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
