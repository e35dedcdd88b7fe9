import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, type Draft } from '../draft.ts';
import { Calculation } from '../formula/calculation.ts';
import { copyFormula } from '../formula/shift.ts';
import { CellError, type Scalar } from '../formula/values.ts';
import type { Cell, ExtendedValue } from '../model.ts';
import { boundedRange } from './gridRange.ts';
import type { CopyPaste } from './messages.ts';

const pasteTypes = [
  'PASTE_NORMAL',
  'PASTE_VALUES',
  'PASTE_FORMULA',
  'PASTE_FORMAT',
  'PASTE_NO_BORDERS',
];

/**
 * Copies a range, also to another tab. A destination that is a multiple of the source is filled by
 * repeating it; into a smaller one the whole source is copied, beyond its end (Google's reference).
 */
export function applyCopyPaste(draft: Draft, request: CopyPaste): object {
  if (!pasteTypes.includes(request.pasteType))
    throw notImplemented(`copyPaste ${request.pasteType}`);
  if (request.pasteOrientation !== 'NORMAL') throw notImplemented('copyPaste TRANSPOSE');
  if (!request.source || !request.destination) {
    throw new InvalidChange('Both source and destination must be specified.');
  }
  const source = boundedRange(draft, request.source, 'source');
  const destination = boundedRange(draft, request.destination, 'destination');
  const height = source.endRow - source.startRow;
  const width = source.endColumn - source.startColumn;
  const down = repeats(destination.endRow - destination.startRow, height);
  const right = repeats(destination.endColumn - destination.startColumn, width);
  const endRow = destination.startRow + down * height;
  const endColumn = destination.startColumn + right * width;
  if (endRow > destination.tab.rowCount || endColumn > destination.tab.columnCount) {
    throw new InvalidChange(
      `The destination range (rows ${destination.startRow}-${endRow}, columns ${destination.startColumn}-${endColumn}) exceeds grid limits. Max rows: ${destination.tab.rowCount}, max columns: ${destination.tab.columnCount}`,
    );
  }
  // Read all before the first write: the ranges may overlap.
  const calculation = new Calculation(draft.snapshot());
  const cells = Array.from({ length: height }, (_, r) =>
    Array.from({ length: width }, (__, c) => {
      const [row, column] = [source.startRow + r, source.startColumn + c];
      const cell = draft.cell(source.tab, row, column);
      const value = cell && calculation.valueAt(source.tab, row, column);
      return { cell, value };
    }),
  );
  for (let row = destination.startRow; row < endRow; row++) {
    for (let column = destination.startColumn; column < endColumn; column++) {
      const r = (row - destination.startRow) % height;
      const c = (column - destination.startColumn) % width;
      const copied = cells[r]?.[c] ?? { cell: null, value: null };
      const move = { rows: row - source.startRow - r, columns: column - source.startColumn - c };
      const existing = draft.cell(destination.tab, row, column);
      draft.setCell(
        destination.tab,
        row,
        column,
        pasted(request.pasteType, copied, existing, move),
      );
    }
  }
  return {};
}

function repeats(destination: number, source: number): number {
  return destination % source === 0 ? destination / source : 1;
}

function pasted(
  pasteType: string,
  { cell, value }: { cell: Cell | null; value: Scalar },
  existing: Cell | null,
  move: { rows: number; columns: number },
): Cell | null {
  const entered = cell?.userEnteredValue;
  const formula =
    entered && 'formulaValue' in entered
      ? { formulaValue: copyFormula(entered.formulaValue, move.rows, move.columns) }
      : entered;
  switch (pasteType) {
    case 'PASTE_VALUES':
      return cellOf(constant(value), existing?.userEnteredFormat);
    case 'PASTE_FORMULA':
      return cellOf(formula, existing?.userEnteredFormat);
    case 'PASTE_FORMAT':
      return cellOf(existing?.userEnteredValue, cell?.userEnteredFormat);
    default:
      return cellOf(formula, cell?.userEnteredFormat);
  }
}

function cellOf(value: ExtendedValue | undefined, format: Cell['userEnteredFormat']): Cell | null {
  if (!value && !format) return null;
  return {
    ...(value ? { userEnteredValue: value } : {}),
    ...(format ? { userEnteredFormat: format } : {}),
  };
}

/** A value without its formula. An error is kept as an error: `=#REF!` shows `#REF!`. */
function constant(value: Scalar): ExtendedValue | undefined {
  if (value === null || value === '') return undefined;
  if (value instanceof CellError) return { formulaValue: `=${value.code}` };
  if (typeof value === 'string') return { stringValue: value };
  return typeof value === 'number' ? { numberValue: value } : { boolValue: value };
}
