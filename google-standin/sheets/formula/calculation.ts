import { cellAt, tabByTitle, type Spreadsheet, type Tab } from '../model/spreadsheet.ts';
import { resolveGridRange, type ResolvedRange } from '../model/range.ts';
import { unknownsOf } from '../model/unknowns.ts';
import type { Area } from '../model/a1.ts';
import { isArrayFormula, matrixOf, type Matrix } from './arrays.ts';
import { functions } from './functions.ts';
import { parseFormula, type Expression } from './parse.ts';
import { formulasOf } from './rows.ts';
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

type Calculated = Pick<Spreadsheet, 'tabs' | 'namedRanges' | 'unknowns'>;

/** Values that array formulas show in empty cells, by row and column. */
type Spills = Map<number, Map<number, Scalar>>;

interface PlacedArray {
  readonly row: number;
  readonly column: number;
  readonly formula: string;
}

/** An array of more cells is #REF!, so that a formula over whole columns cannot hold up a test. */
const largestArray = 100_000;

/** The values of one spreadsheet's cells, each formula worked out once. */
export class Calculation {
  /** Whether FORMULA reads the values that array formulas show in other cells: unknown of Google. */
  readonly showsSpilledAsFormula: boolean;
  private readonly spreadsheet: Calculated;
  private readonly known = new Map<string, Scalar>();
  private readonly spills = new Map<Tab, Spills | null>();
  private readonly underway = new Set<string>();

  constructor(spreadsheet: Calculated) {
    this.showsSpilledAsFormula = unknownsOf(spreadsheet).formulaReadOfSpilledCell === 'value';
    this.spreadsheet = spreadsheet;
  }

  /** The effective value of a cell; a formula that needs itself is `#REF!`. */
  valueAt(tab: Tab, row: number, column: number): Scalar {
    const entered = cellAt(tab, row, column)?.userEnteredValue;
    if (!entered) return this.spilledAt(tab, row, column) ?? null;
    if ('stringValue' in entered) return entered.stringValue;
    if ('numberValue' in entered) return entered.numberValue;
    if ('boolValue' in entered) return entered.boolValue;
    const place = `${tab.sheetId}!${row}!${column}`;
    const known = this.known.get(place);
    if (known !== undefined) return known;
    if (this.underway.has(place)) return refError;
    if (isArrayFormula(entered.formulaValue)) {
      this.spillsOf(tab);
      return this.known.get(place) ?? refError;
    }
    this.underway.add(place);
    const expression = parseFormula(entered.formulaValue);
    const value = expression ? this.evaluate(expression, tab) : parseError;
    this.underway.delete(place);
    const settled = value === null ? 0 : value;
    this.known.set(place, settled);
    return settled;
  }

  /** The value that an array formula of another cell shows in an empty cell; undefined: none. */
  spilledAt(tab: Tab, row: number, column: number): Scalar | undefined {
    return this.spillsOf(tab)?.get(row)?.get(column);
  }

  /** The number of rows that have cells, or show values of array formulas. */
  usedRows(tab: Tab): number {
    const spilled = this.spillsOf(tab);
    return spilled
      ? Math.max(tab.rows.length, ...[...spilled.keys()].map((row) => row + 1))
      : tab.rows.length;
  }

  /** The number of cells of a row up to the last that is written or shows a value. */
  usedColumns(tab: Tab, row: number): number {
    const written = tab.rows[row]?.length ?? 0;
    const spilled = this.spillsOf(tab)?.get(row);
    return spilled
      ? Math.max(written, ...[...spilled.keys()].map((column) => column + 1))
      : written;
  }

  private spillsOf(tab: Tab): Spills | null {
    const known = this.spills.get(tab);
    if (known !== undefined) return known;
    const arrays = arrayFormulasOf(tab);
    if (arrays.length === 0) {
      this.spills.set(tab, null);
      return null;
    }
    // Set before it is filled: a formula may read cells of the tab that has it.
    const spills: Spills = new Map();
    this.spills.set(tab, spills);
    for (const array of arrays) this.spill(tab, spills, array);
    return spills;
  }

  private spill(tab: Tab, spills: Spills, { row, column, formula }: PlacedArray): void {
    const expression = parseFormula(formula);
    const matrix = expression
      ? matrixOf(expression, {
          range: (reference) => this.matrix(reference, tab),
          scalar: (scalar) => this.evaluate(scalar, tab),
          operate: binary,
        })
      : parseError;
    const place = `${tab.sheetId}!${row}!${column}`;
    if (matrix instanceof CellError) {
      this.known.set(place, matrix);
      return;
    }
    if (!this.hasRoom(tab, spills, { row, column, matrix })) {
      this.known.set(place, refError);
      return;
    }
    this.known.set(place, matrix[0]?.[0] ?? 0);
    matrix.forEach((line, down) => {
      line.forEach((value, right) => {
        if ((down === 0 && right === 0) || value === null || value === '') return;
        const cells = spills.get(row + down) ?? new Map<number, Scalar>();
        spills.set(row + down, cells.set(column + right, value));
      });
    });
  }

  /** Google shows #REF! where an array would write over a cell, or leave the grid. */
  private hasRoom(
    tab: Tab,
    spills: Spills,
    { row, column, matrix }: { row: number; column: number; matrix: Matrix },
  ): boolean {
    if (row + matrix.length > tab.rowCount) return false;
    if (column + (matrix[0]?.length ?? 0) > tab.columnCount) return false;
    return matrix.every((line, down) =>
      line.every((_, right) => {
        if (down === 0 && right === 0) return true;
        const isEntered = cellAt(tab, row + down, column + right)?.userEnteredValue !== undefined;
        return !isEntered && !spills.get(row + down)?.has(column + right);
      }),
    );
  }

  private matrix(expression: Expression, tab: Tab): Matrix | CellError {
    const range = this.rangeOf(expression, tab);
    if (range instanceof CellError) return range;
    const { startRow, endRow, startColumn, endColumn } = range;
    if ((endRow - startRow) * (endColumn - startColumn) > largestArray) return refError;
    return Array.from({ length: endRow - startRow }, (_, down) =>
      Array.from({ length: endColumn - startColumn }, (__, right) =>
        this.valueAt(range.tab, startRow + down, startColumn + right),
      ),
    );
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
      case 'array':
        return valueError;
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
    if (expression.kind !== 'reference' && expression.kind !== 'name') {
      return [this.evaluate(expression, tab)];
    }
    const range = this.rangeOf(expression, tab);
    return range instanceof CellError ? range : this.read(range);
  }

  private rangeOf(expression: Expression, tab: Tab): ResolvedRange | CellError {
    if (expression.kind === 'reference') {
      return this.area(expression.title, expression.area, tab) ?? refError;
    }
    if (expression.kind !== 'name') return valueError;
    const wanted = expression.name.toLowerCase();
    const named = this.spreadsheet.namedRanges.find((n) => n.name.toLowerCase() === wanted);
    return (named?.range && resolveGridRange(this.spreadsheet, named.range)) ?? nameError;
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
    const last = single ? range.endRow : Math.min(range.endRow, this.usedRows(range.tab));
    for (let row = range.startRow; row < last; row++) {
      for (let column = range.startColumn; column < range.endColumn; column++) {
        values.push(this.valueAt(range.tab, row, column));
      }
    }
    return values;
  }
}

function arrayFormulasOf(tab: Tab): PlacedArray[] {
  const found: PlacedArray[] = [];
  tab.rows.forEach((cells, row) => {
    for (const { column, formula } of formulasOf(cells)) {
      if (isArrayFormula(formula)) found.push({ row, column, formula });
    }
  });
  return found;
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
