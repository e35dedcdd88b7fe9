import { notImplemented } from '../../http/googleError.ts';
import { parseFormula, type Expression } from './parse.ts';
import { tokenize } from './tokens.ts';
import { CellError, valueError, type Scalar } from './values.ts';

/** The values that an array formula shows, by rows. */
export type Matrix = ReadonlyArray<readonly Scalar[]>;

/** How the parts of an array formula are worked out. */
export interface ArrayParts {
  readonly range: (reference: Expression) => Matrix | CellError;
  readonly scalar: (expression: Expression) => Scalar;
  readonly operate: (operator: string, left: Scalar, right: Scalar) => Scalar;
}

/** Whether a formula may show values in more cells than its own. */
export function isArrayFormula(formula: string): boolean {
  return /^=\s*(?:\{|arrayformula\s*\()/i.test(formula);
}

/** Functions of Google's that show arrays, of which only the first is worked out here. */
const arrayFunctions = new Set(
  'arrayformula filter sort unique sequence transpose split query importrange vstack hstack'.split(
    ' ',
  ),
);

/**
 * Arrays are implemented as far as people use them in a catalog: literals (`={1;2}`) of values and
 * ranges, and ARRAYFORMULA of a range, of operators, and of IF.
 *
 * @throws GoogleError 501 for other formulas that show arrays
 */
export function refuseOtherArrays(formula: string): void {
  const mayShowArray = tokenize(formula.slice(1)).some(
    ({ kind, raw }) =>
      (kind === 'name' && arrayFunctions.has(raw.toLowerCase())) ||
      (kind === 'operator' && raw === '{'),
  );
  if (!mayShowArray) return;
  const expression = parseFormula(formula);
  if (expression && isImplemented(expression)) return;
  throw notImplemented(`the array formula ${formula.slice(0, 100)}`);
}

function isImplemented(expression: Expression): boolean {
  if (expression.kind === 'array') return expression.rows.flat().every(isElement);
  const [inner] = arrayFormulaArgs(expression) ?? [];
  return inner !== undefined && isElementwise(inner);
}

/** A value, a reference, or a name; text that only looks like an array formula is a value. */
function isElement(expression: Expression): boolean {
  return ['literal', 'error', 'reference', 'name', 'negate'].includes(expression.kind);
}

function isElementwise(expression: Expression): boolean {
  switch (expression.kind) {
    case 'binary':
      return isElementwise(expression.left) && isElementwise(expression.right);
    case 'array':
      return isImplemented(expression);
    case 'call':
      return expression.name === 'IF' && expression.args.every(isElementwise);
    default:
      return isElement(expression);
  }
}

function arrayFormulaArgs(expression: Expression): readonly Expression[] | null {
  return expression.kind === 'call' && expression.name === 'ARRAYFORMULA' ? expression.args : null;
}

/** The values of an array formula. */
export function matrixOf(expression: Expression, parts: ArrayParts): Matrix | CellError {
  const [inner] = arrayFormulaArgs(expression) ?? [expression];
  return inner ? elementwise(inner, parts) : valueError;
}

function elementwise(expression: Expression, parts: ArrayParts): Matrix | CellError {
  switch (expression.kind) {
    case 'array':
      return literal(expression.rows, parts);
    case 'reference':
    case 'name':
      return parts.range(expression);
    case 'binary':
      return combined([expression.left, expression.right], parts, ([left = null, right = null]) =>
        parts.operate(expression.operator, left, right),
      );
    case 'call':
      return combined(expression.args, parts, ([condition = null, yes = null, no = false]) => {
        if (condition instanceof CellError) return condition;
        return condition === true || (typeof condition === 'number' && condition !== 0) ? yes : no;
      });
    default:
      return [[parts.scalar(expression)]];
  }
}

/** Works out each place of several arrays; one row, one column or one value is repeated. */
function combined(
  expressions: readonly Expression[],
  parts: ArrayParts,
  work: (values: readonly Scalar[]) => Scalar,
): Matrix | CellError {
  const matrices: Matrix[] = [];
  for (const expression of expressions) {
    const matrix = elementwise(expression, parts);
    if (matrix instanceof CellError) return matrix;
    matrices.push(matrix);
  }
  const height = Math.max(...matrices.map((matrix) => matrix.length));
  const width = Math.max(...matrices.map((matrix) => matrix[0]?.length ?? 0));
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (__, column) =>
      work(matrices.map((matrix) => repeatedAt(matrix, row, column))),
    ),
  );
}

function repeatedAt(matrix: Matrix, row: number, column: number): Scalar {
  const line = matrix[matrix.length === 1 ? 0 : row] ?? [];
  return line[line.length === 1 ? 0 : column] ?? null;
}

function literal(
  rows: ReadonlyArray<readonly Expression[]>,
  parts: ArrayParts,
): Matrix | CellError {
  const stacked: (readonly Scalar[])[] = [];
  for (const row of rows) {
    const blocks: Matrix[] = [];
    for (const element of row) {
      const block = elementwise(element, parts);
      if (block instanceof CellError) return block;
      blocks.push(block);
    }
    const height = blocks[0]?.length ?? 0;
    if (blocks.some((block) => block.length !== height)) return valueError;
    for (let line = 0; line < height; line++) {
      stacked.push(blocks.flatMap((block) => block[line] ?? []));
    }
  }
  const width = stacked[0]?.length ?? 0;
  return stacked.some((line) => line.length !== width) ? valueError : stacked;
}
