const LONGEST = 80;

/** The value of a text that is arithmetic and nothing else: `10 + 3`, `0,5`, `1/2`, `50%`. */
export function valueOf(text: string): number | undefined {
  if (text.length > LONGEST) return undefined;
  // A blank between two digits ends a number.
  if (/\d\s+\d/u.test(text)) return undefined;
  const signs = text
    .replace(/(?<=[\d)%]) ?x ?(?=[\d(])/gu, '×')
    .replace(/\s+/gu, '')
    .match(/\d+(?:[.,]\d+)*|\D/gu);
  if (signs === null) return undefined;
  const parser = new Parser(signs);
  const value = parser.sum();
  return parser.isDone && value !== undefined && Number.isFinite(value) ? value : undefined;
}

class Parser {
  readonly #signs: readonly string[];
  #at = 0;

  constructor(signs: readonly string[]) {
    this.#signs = signs;
  }

  get isDone(): boolean {
    return this.#at === this.#signs.length;
  }

  sum(): number | undefined {
    let value = this.#product();
    for (let sign = this.#take('+-−–'); sign !== ''; sign = this.#take('+-−–')) {
      const next = this.#product();
      if (value === undefined || next === undefined) return undefined;
      value = sign === '+' ? value + next : value - next;
    }
    return value;
  }

  #product(): number | undefined {
    let value = this.#factor();
    for (let sign = this.#take('×*:÷/'); sign !== ''; sign = this.#take('×*:÷/')) {
      const next = this.#factor();
      if (value === undefined || next === undefined) return undefined;
      value = '×*'.includes(sign) ? value * next : value / next;
    }
    return value;
  }

  #factor(): number | undefined {
    const minus = this.#take('-−–') !== '';
    let value = this.#take('(') === '' ? this.#number() : this.#bracket();
    if (value === undefined) return undefined;
    while (this.#take('%') !== '') value /= 100;
    return minus ? -value : value;
  }

  #bracket(): number | undefined {
    const value = this.sum();
    return this.#take(')') === '' ? undefined : value;
  }

  #number(): number | undefined {
    const sign = this.#signs[this.#at] ?? '';
    if (!/^\d/.test(sign)) return undefined;
    this.#at += 1;
    const plain = /^\d{1,3}(?:\.\d{3})+$/.test(sign) ? sign.replaceAll('.', '') : sign;
    const value = Number(plain.replace(',', '.'));
    return Number.isNaN(value) ? undefined : value;
  }

  /** The next sign if it is one of these; '' otherwise. */
  #take(signs: string): string {
    const sign = this.#signs[this.#at] ?? '';
    if (sign === '' || !signs.includes(sign)) return '';
    this.#at += 1;
    return sign;
  }
}

/** An equation in a text, as far as both sides are arithmetic. */
interface Equation {
  readonly text: string;
  readonly isTrue: boolean;
}

/** Words and signs before a number that make it another number: `cos 60`, `√9`. */
const FUNCTIONS = /(?:\p{L}|[√^²³_]|\b(?:sin|cos|tan|log|ln|akar|pangkat|faktorial) ?)$/u;

/**
 * The equations of a text, such as `9 + 1 = 10` in an explanation. Equations with letters, roots and
 * remainders are left out, because their meaning is not certain.
 */
export function equationsOf(text: string): Equation[] {
  const sides = text.split('=');
  return sides.slice(1).flatMap((after, index) => {
    const left = lastArithmetic(sides[index] ?? '');
    const right = firstNumber(after);
    const leftValue = left === undefined ? undefined : valueOf(left);
    const rightValue = right === undefined ? undefined : valueOf(right);
    if (leftValue === undefined || rightValue === undefined) return [];
    const decimals = /[.,](\d{1,2})%?$/.exec(right ?? '')?.[1]?.length ?? 0;
    const unit = (right ?? '').endsWith('%') ? 100 : 1;
    const tolerance = decimals === 0 ? 1e-9 : 0.51 * 10 ** -decimals;
    const isTrue = Math.abs(leftValue - rightValue) * unit <= tolerance;
    return [{ text: `${left?.trim()} = ${right?.trim()}`, isTrue }];
  });
}

/** The arithmetic at the end of a text. A number alone is none: what comes before it may change it. */
function lastArithmetic(text: string): string | undefined {
  let start = text.length;
  while (start > 0 && text.length - start < LONGEST && isArithmetic(text, start - 1)) start -= 1;
  const found = text.slice(start).replace(/^[\s.,:)%]+/u, '');
  const before = text.slice(0, text.length - found.length).slice(-12);
  return /\d\s?[-+−–×x*:÷/]\s?\(?\d/u.test(found) && !FUNCTIONS.test(before) ? found : undefined;
}

function isArithmetic(text: string, at: number): boolean {
  const sign = text[at] ?? '';
  if (sign === 'x') return text[at - 1] === ' ' && text[at + 1] === ' ';
  return /[\d\s+−–×*:÷/().,%-]/u.test(sign);
}

/** The number at the beginning of a text, unless a letter, an operation or a remainder follows. */
function firstNumber(text: string): string | undefined {
  const found = /^\s?([-−]?\d+(?:[.,/]\d+)*%?)(.{0,8})/u.exec(text);
  if (found === null || /^\s?(?:[-+−–×*:÷/^(\p{L}²³]|x )/u.test(found[2] ?? '')) return undefined;
  return found[1];
}
