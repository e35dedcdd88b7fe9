import * as z from 'zod/v4-mini';
import { cellText, isFormula, type CellValue } from './cell.ts';
import { intent, intentChecksum, type Intent } from './intent.ts';

/**
 * The hidden tab that makes writes safe without a conditional write in Google's API: a carbon copy
 * of the last batch, by whichever writer. Every batch
 *
 * - copies the header and the rows it is about to write into the same rows and columns here, so that
 *   a later read tells what it really covered;
 * - copies them once more, a row further down and half the tab further right: the copies differ
 *   where somebody has edited this tab or sorted its rows, and then neither is believed;
 * - writes down in the last column, from the top, its label and what it meant to cover. So whoever
 *   comes next, another writer too, can tell what it did and put right what was a mistake.
 */
export const CARBON_TAB = '_materi';

/** Chosen, not given by Google: two writers that both create the tab collide instead of making two. */
export const CARBON_SHEET_ID = 1_835_103_337;

const size = z.int().check(z.positive());

const label = z.object({
  number: size,
  id: z.uuid(),
  /** Ids of the batches before, newest first: one that stands here has landed. */
  history: z.array(z.uuid()),
  /** The catalog's tab that was written, by id and by title. */
  sheetId: z.int().check(z.minimum(0)),
  tab: z.string(),
  /** How large the carbon copy was: another size, and somebody has put rows or columns in. */
  grid: z.object({ rows: size, columns: size }),
  /** Of the intent's text (see intentChecksum). */
  checksum: z.string(),
});

/** The last batch that landed, by whichever writer. */
export type BatchLabel = z.infer<typeof label>;

const HISTORY_KEPT = 20;

/** What the carbon copy holds. */
export interface Carbon {
  readonly grid: { readonly rows: number; readonly columns: number };
  /** Null: somebody edited its cell. */
  readonly label: BatchLabel | null;
  /** Every row from the top, trailing empty cells and rows left out. */
  readonly rows: ReadonlyArray<readonly CellValue[]>;
  /** Which cells that begin with "=" are texts; only where it had to be known. */
  readonly texts?: ReadonlyArray<readonly boolean[]>;
}

/** The carbon copy as it was read, its size told by the range of the reply. */
export function carbonOf(grid: Carbon['grid'], rows: Carbon['rows']): Carbon {
  return { grid, label: parseLabel(rows[0]?.[labelColumn(grid)]), rows };
}

/** Columns that a carbon copy needs for a catalog of so many: two copies and the label. */
export function columnsNeeded(catalog: number): number {
  return 2 * catalog + 1;
}

export function labelColumn({ columns }: Carbon['grid']): number {
  return columns - 1;
}

/** How much further down and right the second copy stands. */
export function secondCopy({ columns }: Carbon['grid']): { down: number; right: number } {
  return { down: 1, right: Math.floor((columns - 1) / 2) };
}

/** A row as it was before the batch; empty if the batch did not copy it. */
export function rowBefore({ grid, rows }: Carbon, row: number): readonly CellValue[] {
  return (rows[row] ?? []).slice(0, secondCopy(grid).right);
}

/**
 * What the last batch meant to cover.
 *
 * @returns null if somebody has edited the tab since: then nothing that it says is believed
 */
export function trustedIntent(carbon: Carbon): Intent | null {
  const { grid, rows, label: stamp } = carbon;
  if (stamp === null || stamp.grid.rows !== grid.rows || stamp.grid.columns !== grid.columns) {
    return null;
  }
  const below = rows.slice(1).map((cells) => cellText(cells[labelColumn(grid)]));
  const end = below.indexOf('');
  const text = below.slice(0, end < 0 ? below.length : end).join('');
  if (intentChecksum(text) !== stamp.checksum) return null;
  const meant = intent.parse(JSON.parse(text));
  const copied = new Set([meant.headerRow, ...meant.cells.map(([row]) => row)]);
  return [...copied].every((row) => isCopiedTwice(carbon, row)) ? meant : null;
}

function isCopiedTwice(carbon: Carbon, row: number): boolean {
  const { down, right } = secondCopy(carbon.grid);
  const first = rowBefore(carbon, row);
  const second = (carbon.rows[row + down] ?? []).slice(right, 2 * right);
  return Array.from({ length: Math.max(first.length, second.length) }).every((_, column) => {
    const [one, other] = [first[column] ?? '', second[column] ?? ''];
    // The references of a formula have moved along with it.
    return one === other || (isFormula(one) && isFormula(other));
  });
}

function parseLabel(cell: CellValue | undefined): BatchLabel | null {
  try {
    return label.parse(JSON.parse(cellText(cell)));
  } catch {
    return null;
  }
}

/** The label of a new batch, as the text of its cell. */
export function labelText(batch: Omit<BatchLabel, 'history'>, previous: BatchLabel | null): string {
  const history = previous === null ? [] : [previous.id, ...previous.history];
  return JSON.stringify({ ...batch, history: history.slice(0, HISTORY_KEPT) });
}

const RANGE_ID = /^materi-(\d+)$/;

/** The named range of a batch: to add one that exists is an error, so equal numbers exclude each other. */
export function namedRangeId(number: number): string {
  return `materi-${number}`;
}

/** The numbers of all batches whose named range stands in the spreadsheet. */
export function batchNumbers(namedRangeIds: readonly string[]): number[] {
  return namedRangeIds.flatMap((id) => {
    const match = RANGE_ID.exec(id);
    return match === null ? [] : [Number(match[1])];
  });
}
