import { cellAt, tabByTitle, type Spreadsheet, type Tab } from '../model.ts';
import { resolveGridRange, type ResolvedRange } from '../range.ts';
import type { Area } from '../a1.ts';
import { functions } from './functions.ts';
import { parseFormula, type Expression } from './parse.ts';
import {
  CellError,
  divisionError,
  nameError,
  parseError,
  refError,
  toNumber,
  textOf,
  valueError,
  type Scalar,
} from './values.ts';

/** The values of one spreadsheet's cells, each formula worked out once. */
export class Calculation {
  private readonly spreadsheet: Pick<Spreadsheet, 'tabs' | 'namedRanges'>;
  private readonly known = new Map<string, Scalar>();
  private readonly underway = new Set<string>();

  constructor(spreadsheet: Pick<Spreadsheet, 'tabs' | 'namedRanges'>) {
    this.spreadsheet = spreadsheet;
  }

  /** The effective value of a cell; a formula that needs itself is `#REF!`. */
  valueAt(tab: Tab, row: number, column: number): Scalar {
    const entered = cellAt(tab, row, column)?.userEnteredValue;
    if (!entered) return null;
    if ('stringValue' in entered) return entered.stringValue;
    if ('numberValue' in entered) return entered.numberValue;
    if ('boolValue' in entered) return entered.boolValue;
    const place = `${tab.sheetId}!${row}!${column}`;
    const known = this.known.get(place);
    if (known !== undefined) return known;
    if (this.underway.has(place)) return refError;
    this.underway.add(place);
    const expression = parseFormula(entered.formulaValue);
    const value = expression ? this.evaluate(expression, tab) : parseError;
    this.underway.delete(place);
    const settled = value === null ? 0 : value;
    this.known.set(place, settled);
    return settled;
  }

  private evaluate(expression: Expression, tab: Tab): Scalar {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'error':
        return new CellError(expression.error);
      case 'reference':
      case 'name': {
        const cells = this.cells(expression, tab);
        if (cells instanceof CellError) return cells;
        return cells.length === 1 ? (cells[0] ?? null) : valueError;
      }
      case 'negate':
      case 'percent': {
        const number = toNumber(this.evaluate(expression.of, tab));
        if (number instanceof CellError) return number;
        return expression.kind === 'negate' ? -number : number / 100;
      }
      case 'binary':
        return binary(
          expression.operator,
          this.evaluate(expression.left, tab),
          this.evaluate(expression.right, tab),
        );
      case 'call': {
        const run = functions[expression.name];
        if (!run) return nameError;
        const args = expression.args.map((arg) => this.cells(arg, tab));
        return args.find((arg) => arg instanceof CellError) ?? run(args.filter(Array.isArray));
      }
    }
  }

  /** The cells an argument covers. */
  private cells(expression: Expression, tab: Tab): readonly Scalar[] | CellError {
    if (expression.kind === 'reference') {
      const range = this.area(expression.title, expression.area, tab);
      return range ? this.read(range) : refError;
    }
    if (expression.kind === 'name') {
      const wanted = expression.name.toLowerCase();
      const named = this.spreadsheet.namedRanges.find((n) => n.name.toLowerCase() === wanted);
      const range = named?.range && resolveGridRange(this.spreadsheet, named.range);
      return range ? this.read(range) : nameError;
    }
    return [this.evaluate(expression, tab)];
  }

  private area(title: string | undefined, { start, end }: Area, own: Tab): ResolvedRange | null {
    const tab = title === undefined ? own : tabByTitle(this.spreadsheet, title);
    if (!tab) return null;
    return resolveGridRange(this.spreadsheet, {
      sheetId: tab.sheetId,
      ...(start.row === undefined
        ? {}
        : { startRowIndex: Math.min(start.row, end.row ?? start.row) }),
      ...(end.row === undefined ? {} : { endRowIndex: Math.max(end.row, start.row ?? 0) + 1 }),
      ...(start.column === undefined
        ? {}
        : { startColumnIndex: Math.min(start.column, end.column ?? start.column) }),
      ...(end.column === undefined
        ? {}
        : { endColumnIndex: Math.max(end.column, start.column ?? 0) + 1 }),
    });
  }

  private read(range: ResolvedRange): Scalar[] {
    const values: Scalar[] = [];
    const single = range.endRow - range.startRow === 1 && range.endColumn - range.startColumn === 1;
    const last = single ? range.endRow : Math.min(range.endRow, range.tab.rows.length);
    for (let row = range.startRow; row < last; row++) {
      for (let column = range.startColumn; column < range.endColumn; column++) {
        values.push(this.valueAt(range.tab, row, column));
      }
    }
    return values;
  }
}

function binary(operator: string, left: Scalar, right: Scalar): Scalar {
  if (left instanceof CellError) return left;
  if (right instanceof CellError) return right;
  if (operator === '&') return textOf(left) + textOf(right);
  if (/[=<>]/.test(operator)) return compare(operator, left, right);
  const a = toNumber(left);
  const b = toNumber(right);
  if (a instanceof CellError) return a;
  if (b instanceof CellError) return b;
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? divisionError : a / b;
    default:
      return a ** b;
  }
}

function compare(operator: string, left: Scalar, right: Scalar): boolean {
  const a = typeof left === 'string' ? left.toLowerCase() : (left ?? 0);
  const b = typeof right === 'string' ? right.toLowerCase() : (right ?? 0);
  switch (operator) {
    case '=':
      return a === b;
    case '<>':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    default:
      return a >= b;
  }
}

const calculations = new WeakMap<Spreadsheet, Calculation>();

/** One calculation for each state of a spreadsheet; a change makes a new state. */
export function calculationOf(spreadsheet: Spreadsheet): Calculation {
  const known = calculations.get(spreadsheet);
  if (known) return known;
  const calculation = new Calculation(spreadsheet);
  calculations.set(spreadsheet, calculation);
  return calculation;
}
