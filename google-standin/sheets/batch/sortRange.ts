import { InvalidChange, type Draft } from '../draft/draft.ts';
import { Calculation } from '../formula/calculation.ts';
import { copyFormula } from '../formula/shift.ts';
import { CellError, type Scalar } from '../formula/values.ts';
import { overlaps } from '../model/merges.ts';
import type { Cell } from '../model/spreadsheet.ts';
import { boundedRange } from './gridRange.ts';
import type { SortRange } from './messages.ts';

/**
 * Sorts the rows of a range by the values that their cells show. The order is that of Google Sheets:
 * numbers and dates, texts without regard to case, FALSE, TRUE, errors. Empty cells are always last. Rows
 * that are equal keep their order. Relative references of a formula that moves move with it; cells outside
 * the range, and formulas that point into it, do not change.
 */
export function applySortRange(draft: Draft, { range, sortSpecs }: SortRange): object {
  if (!range) throw new InvalidChange('No range specified.');
  // Google clips a range that ends beyond the grid (recorded in gspread's cassettes).
  const area = boundedRange(draft, range, 'range', 'clipped');
  const { tab, startRow, endRow, startColumn, endColumn } = area;
  if ((tab.merges ?? []).some((merge) => overlaps(merge, area))) {
    throw new InvalidChange('Cannot sort a range that contains merged cells.');
  }
  const [first] = sortSpecs;
  if (!first) throw new InvalidChange('At least one sortSpec must be specified.');
  for (const { dimensionIndex } of sortSpecs) {
    if (dimensionIndex < startColumn || dimensionIndex >= endColumn) {
      throw new InvalidChange(
        `sortSpecs.dimensionIndex[${dimensionIndex}] is not in the range to sort.`,
      );
    }
  }
  const used = Math.min(endRow, tab.rows.length);
  const calculation = new Calculation(draft.snapshot());
  const lines = Array.from({ length: Math.max(0, used - startRow) }, (_, down) => {
    const row = startRow + down;
    const cells = Array.from({ length: endColumn - startColumn }, (__, right) =>
      draft.cell(tab, row, startColumn + right),
    );
    const keys = sortSpecs.map(({ dimensionIndex }) =>
      calculation.valueAt(tab, row, dimensionIndex),
    );
    return { row, cells, keys };
  });
  const sorted = lines.toSorted((a, b) => {
    for (const [index, { sortOrder }] of sortSpecs.entries()) {
      const order = compare(a.keys[index] ?? null, b.keys[index] ?? null, sortOrder);
      if (order !== 0) return order;
    }
    return 0;
  });
  sorted.forEach(({ row, cells }, down) => {
    cells.forEach((cell, right) => {
      const to = startRow + down;
      draft.setCell(tab, to, startColumn + right, moved(cell, to - row));
    });
  });
  return {};
}

function moved(cell: Cell | null, down: number): Cell | null {
  const entered = cell?.userEnteredValue;
  if (!entered || !('formulaValue' in entered)) return cell;
  return {
    ...cell,
    userEnteredValue: { formulaValue: copyFormula(entered.formulaValue, down, 0) },
  };
}

function compare(a: Scalar, b: Scalar, order: SortRange['sortSpecs'][number]['sortOrder']): number {
  const kinds = kindOf(a) - kindOf(b);
  if (kindOf(a) === EMPTY || kindOf(b) === EMPTY) return kinds;
  const ascending = kinds === 0 ? compareSame(a, b) : kinds;
  return order === 'DESCENDING' ? -ascending : ascending;
}

const EMPTY = 4;

function kindOf(value: Scalar): number {
  if (value === null || value === '') return EMPTY;
  if (value instanceof CellError) return 3;
  if (typeof value === 'boolean') return 2;
  return typeof value === 'string' ? 1 : 0;
}

const alphabet = new Intl.Collator('en', { sensitivity: 'accent' });

function compareSame(a: Scalar, b: Scalar): number {
  if (typeof a === 'string' && typeof b === 'string') return alphabet.compare(a, b);
  return Number(a) - Number(b) || 0;
}
