import type { Row } from '../model/spreadsheet.ts';

export interface PlacedFormula {
  readonly column: number;
  readonly formula: string;
}

const none: readonly PlacedFormula[] = [];

/** The formulas of a row. Most rows have none: no array is made for them. */
export function formulasOf(row: Row): readonly PlacedFormula[] {
  let found: PlacedFormula[] | undefined;
  for (let column = 0; column < row.length; column++) {
    const entered = row[column]?.userEnteredValue;
    if (!entered || !('formulaValue' in entered)) continue;
    found ??= [];
    found.push({ column, formula: entered.formulaValue });
  }
  return found ?? none;
}
