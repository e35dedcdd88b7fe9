import type { Area } from '../model/a1.ts';
import { tokenize, type Token } from './tokens.ts';

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'reference'; readonly title: string | undefined; readonly area: Area }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'array'; readonly rows: ReadonlyArray<readonly Expression[]> }
  | { readonly kind: 'negate'; readonly of: Expression }
  | { readonly kind: 'percent'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

/** Loosest first; all of them group to the left. */
const levels = [['=', '<>', '<', '>', '<=', '>='], ['&'], ['+', '-'], ['*', '/'], ['^']];

/** Parses a formula (`=…`); null when Google would show `#ERROR!` (it cannot be parsed). */
export function parseFormula(formula: string): Expression | null {
  const tokens = tokenize(formula.slice(1)).filter((token) => token.kind !== 'space');
  const parser = new Parser(tokens);
  const expression = parser.binary(0);
  return expression && parser.done() ? expression : null;
}

class Parser {
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  done(): boolean {
    return this.at >= this.tokens.length;
  }

  private take(...operators: string[]): string | null {
    const token = this.tokens[this.at];
    if (token?.kind !== 'operator' || !operators.includes(token.raw)) return null;
    this.at++;
    return token.raw;
  }

  binary(level: number): Expression | null {
    const operators = levels[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (
      let operator = this.take(...operators);
      left && operator;
      operator = this.take(...operators)
    ) {
      const right = this.binary(level + 1);
      left = right && { kind: 'binary', operator, left, right };
    }
    return left;
  }

  private unary(): Expression | null {
    const sign = this.take('-', '+');
    if (sign) {
      const of = this.unary();
      return of && sign === '-' ? { kind: 'negate', of } : of;
    }
    let value = this.primary();
    while (value && this.take('%')) value = { kind: 'percent', of: value };
    return value;
  }

  private primary(): Expression | null {
    if (this.take('(')) {
      const inner = this.binary(0);
      return this.take(')') ? inner : null;
    }
    if (this.take('{')) return this.array();
    const token = this.tokens[this.at++];
    switch (token?.kind) {
      case 'text':
      case 'number':
        return { kind: 'literal', value: token.value };
      case 'error':
        return { kind: 'error', error: token.raw };
      case 'reference':
        return { kind: 'reference', title: token.title, area: token.area };
      case 'name':
        return this.named(token.raw);
      default:
        return null;
    }
  }

  /** `{1, 2; 3, 4}`: commas part columns, semicolons part rows. */
  private array(): Expression | null {
    const rows: Expression[][] = [];
    let row: Expression[] = [];
    for (;;) {
      const element = this.binary(0);
      if (!element) return null;
      row.push(element);
      if (this.take(',')) continue;
      rows.push(row);
      row = [];
      if (this.take(';')) continue;
      return this.take('}') ? { kind: 'array', rows } : null;
    }
  }

  private named(raw: string): Expression | null {
    const name = raw.toUpperCase();
    if (!this.take('(')) {
      if (name === 'TRUE' || name === 'FALSE') return { kind: 'literal', value: name === 'TRUE' };
      return { kind: 'name', name: raw };
    }
    const args: Expression[] = [];
    while (!this.take(')')) {
      if (args.length > 0 && !this.take(',', ';')) return null;
      const arg = this.binary(0);
      if (!arg) return null;
      args.push(arg);
    }
    return { kind: 'call', name, args };
  }
}
