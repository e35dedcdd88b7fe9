import { cellAt, sameTitle, type Cell, type Tab } from '../model/spreadsheet.ts';
import { formulasOf } from './rows.ts';

/** A formula's new text; `concerns` says whether a reference's tab (undefined: its own) changed. */
export type Rewriting = (
  formula: string,
  concerns: (title: string | undefined) => boolean,
) => string;

/** Rewrites the formulas of every tab that mean cells of the changed one. */
export function rewriteFormulas<T extends Tab>(
  tabs: readonly T[],
  changed: T,
  rewritten: Rewriting,
  write: (tab: T, row: number, column: number, cell: Cell) => void,
): void {
  for (const tab of tabs) {
    const concerns = (title: string | undefined) =>
      title === undefined ? tab === changed : sameTitle(title, changed.title);
    tab.rows.forEach((row, rowIndex) => {
      for (const { column, formula } of formulasOf(row)) {
        const formulaValue = rewritten(formula, concerns);
        if (formulaValue === formula) continue;
        const cell = cellAt(tab, rowIndex, column);
        write(tab, rowIndex, column, { ...cell, userEnteredValue: { formulaValue } });
      }
    });
  }
}
