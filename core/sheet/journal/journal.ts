import { cellAt, cellText, isFormula, type Cells } from '../../google/sheets/index.ts';
import { copiedRows, intentChecksum, parseIntent, type Intent } from './intent.ts';
import { parseLabel, type Label } from './label.ts';

/**
 * The hidden tab that makes writes safe, although Google's API has no conditional write. Every batch
 *
 * - copies the header and each row that it is about to write into the same rows and columns here:
 *   the before-images. They show the cells that the batch really overwrote;
 * - copies them once more, one row further down and half the tab further right. If the two copies
 *   differ, a person has edited or sorted this tab, and no before-image is believed;
 * - writes its label and its intent into the last column. So the next reader, another writer too, can
 *   judge the batch and roll back its mistakes.
 */
export const JOURNAL_TAB = '_materi';

/** We choose the id. Of two writers that both make the tab, Google refuses the second. */
export const JOURNAL_SHEET_ID = 1_835_103_337;

interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** The journal as one read, or one batch's answer, shows it. */
export interface Journal {
  readonly grid: Size;
  /** Null: a person edited its cell, or the journal is of another version. */
  readonly label: Label | null;
  /** Null: a person has edited the tab since. Then nothing in it is believed. */
  readonly intent: Intent | null;
  /** Row of the catalog → its before-image; blank if the batch did not copy the row. */
  readonly images: ReadonlyMap<number, Cells>;
}

/** Reads the journal from its cells. */
export function journalOf(grid: Size, rows: readonly Cells[]): Journal {
  const label = parseLabel(rows[0]?.[labelColumn(grid)]);
  const intent = label === null ? null : believedIntent(grid, rows, label);
  const copied = intent === null ? [] : [...rows.keys(), ...copiedRows(intent)];
  return {
    grid,
    label,
    intent,
    images: new Map(copied.map((row) => [row, firstCopy(grid, rows, row)])),
  };
}

/** Columns that the journal needs for a catalog of so many: two copies and the label. */
export function columnsNeeded(catalog: number): number {
  return 2 * catalog + 1;
}

export function labelColumn({ columns }: Size): number {
  return columns - 1;
}

/** The offset from the first copy to the second. */
export function secondCopy({ columns }: Size): { down: number; right: number } {
  return { down: 1, right: Math.floor((columns - 1) / 2) };
}

/** @returns null if a person has edited the tab since the batch */
function believedIntent(grid: Size, rows: readonly Cells[], label: Label): Intent | null {
  if (label.grid.rows !== grid.rows || label.grid.columns !== grid.columns) return null;
  const below = rows.slice(1).map((cells) => cellText(cells[labelColumn(grid)]));
  const end = below.indexOf('');
  const text = below.slice(0, end < 0 ? below.length : end).join('');
  if (intentChecksum(text) !== label.checksum) return null;
  const intent = parseIntent(text);
  if (intent === null) return null;
  const isCopiedTwice = [...copiedRows(intent)].every((row) =>
    isSameRow(firstCopy(grid, rows, row), lastCopy(grid, rows, row)),
  );
  return isCopiedTwice ? intent : null;
}

function firstCopy(grid: Size, rows: readonly Cells[], row: number): Cells {
  return (rows[row] ?? []).slice(0, secondCopy(grid).right);
}

function lastCopy(grid: Size, rows: readonly Cells[], row: number): Cells {
  const { down, right } = secondCopy(grid);
  return (rows[row + down] ?? []).slice(right, 2 * right);
}

/**
 * Whether two rows, or two lines, hold the same in every column but some. Two formulas count as the same: Google
 * adapts their references when it copies them.
 */
export function isSameRow(
  one: Cells,
  other: Cells,
  except?: Pick<ReadonlySet<number>, 'has'>,
): boolean {
  return Array.from({ length: Math.max(one.length, other.length) }).every((_, column) => {
    const [a, b] = [cellAt(one, column), cellAt(other, column)];
    return a === b || except?.has(column) === true || (isFormula(a) && isFormula(b));
  });
}
