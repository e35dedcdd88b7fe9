import type { CellValue } from '../../core/index.ts';
import { sheetsInMemory, type SheetsInMemory, type Unknowns } from '../../google-standin/memory.ts';
import { mergeCovering } from '../../google-standin/sheets/model/merges.ts';
import type { Cell, Spreadsheet, Tab } from '../../google-standin/sheets/model/spreadsheet.ts';

export const TAB = 'Katalog 2026';
export const SHEET_ID = 0;

/** A cell that holds text. */
export interface FoundCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  /**
   * The hidden number of the cell, in its number format. It follows the cell when people sort, insert,
   * delete and move, and no write of the code under test changes it. Null: the cell has none yet.
   */
  readonly mark: number | null;
}

/** One spreadsheet in this process: what people do to it, and the hidden marks of its cells. */
export class MemorySheet {
  readonly google: SheetsInMemory;
  /** The numbers of the versions before each change, without those that only gave marks. */
  readonly #versions: number[] = [];
  #marks = 0;

  /** @param rows the catalog's rows, as text */
  constructor(rows: readonly (readonly string[])[], unknowns: Partial<Unknowns> = {}) {
    const values = rows.map((cells) => [...cells]);
    this.google = sheetsInMemory({ tabs: [{ title: TAB, values }], unknowns });
  }

  get #now(): Spreadsheet {
    return this.google.state();
  }

  /** What people do: no protection refuses them. @throws GoogleError, and then nothing is changed */
  people(...requests: object[]): void {
    const { version } = this.#now;
    this.google.asOwner(requests.flatMap(unmarkInserted));
    this.#versions.push(version);
  }

  /** A batch of the code. @throws GoogleError, and then nothing is changed */
  batchUpdate(body: { requests: readonly object[] }, fields: string): object {
    const { version } = this.#now;
    const requests = body.requests.flatMap(unmarkInserted);
    const answer = this.google.batchUpdate({ ...body, requests }, fields);
    this.#versions.push(version);
    return answer;
  }

  /** All cells of the catalog's rows, as they were entered. */
  entered(): CellValue[][] {
    return this.google.entered(this.catalog.title);
  }

  get catalog(): Tab {
    const tab = this.#now.tabs.find(({ sheetId }) => sheetId === SHEET_ID);
    if (tab === undefined) throw new Error('the catalog has no tab');
    return tab;
  }

  /** The cells of a tab that hold text. */
  texts(sheetId = SHEET_ID): FoundCell[] {
    const tab = this.#now.tabs.find((one) => one.sheetId === sheetId);
    return (tab?.rows ?? []).flatMap((cells, row) =>
      cells.flatMap((cell, column) => {
        const text = textOf(cell);
        return text === null ? [] : [{ row, column, text, mark: markOf(cell) }];
      }),
    );
  }

  /**
   * Gives cells a mark each, unless they have one.
   *
   * @returns the marks, in the order of the cells; null where Google does not keep a look
   */
  mark(cells: ReadonlyArray<Pick<FoundCell, 'row' | 'column'>>): (number | null)[] {
    const at = ({ row, column }: Pick<FoundCell, 'row' | 'column'>) =>
      markOf(this.catalog.rows[row]?.[column] ?? null);
    const requests = cells.flatMap((cell) => (at(cell) === null ? [this.#markRequest(cell)] : []));
    if (requests.length > 0) this.#seeing(() => this.google.asOwner(requests));
    return cells.map(at);
  }

  /** Does something that reaches the rows that a filter hides too. */
  #seeing(change: () => void): void {
    const { writeToFilteredRows } = this.google.unknowns;
    this.google.setUnknowns({ writeToFilteredRows: 'written' });
    change();
    this.google.setUnknowns({ writeToFilteredRows });
  }

  #markRequest({ row, column }: Pick<FoundCell, 'row' | 'column'>): object {
    this.#marks += 1;
    const numberFormat = { type: 'NUMBER', pattern: `"${this.#marks}"` };
    const start = { sheetId: SHEET_ID, rowIndex: row, columnIndex: column };
    const values = [{ userEnteredFormat: { numberFormat } }];
    return { updateCells: { start, rows: [{ values }], fields: 'userEnteredFormat' } };
  }

  /** The marks of all cells of the catalog, empty ones too. */
  marks(): Set<number> {
    return new Set([...this.catalog.rows.keys()].flatMap((row) => this.marksOfRow(row)));
  }

  /** Whether a merge covers a cell: then it looks empty. */
  isCovered(row: number, column: number): boolean {
    const { merges = [] } = this.catalog;
    return mergeCovering(merges, row, column) !== undefined;
  }

  /** By each mark: all marks of its row. */
  marksByRow(): Map<number, readonly number[]> {
    const rows = [...this.catalog.rows.keys()].map((row) => this.marksOfRow(row));
    return new Map(rows.flatMap((marks) => marks.map((mark) => [mark, marks] as const)));
  }

  marksOfRow(row: number): number[] {
    return (this.catalog.rows[row] ?? []).flatMap((cell) => markOf(cell) ?? []);
  }

  /** The rows of the catalog that Google leaves out when it copies: some of the hidden ones. */
  uncopiedRows(): Set<number> {
    const { copyOfFilteredRows, copyOfHiddenRows } = this.google.unknowns;
    const lines = this.catalog.rowLines ?? [];
    const isSkipped = (line: (typeof lines)[number]) =>
      (line?.hiddenByFilter === true && copyOfFilteredRows === 'skipped') ||
      (line?.hiddenByUser === true && copyOfHiddenRows === 'skipped');
    return new Set([...lines.keys()].filter((row) => isSkipped(lines[row] ?? null)));
  }

  /** A person restores an earlier version. @param back how many changes are taken back */
  restore(back: number): void {
    const kept = new Set(this.google.versions.list().map(({ version }) => version));
    const known = this.#versions.filter((version) => kept.has(version));
    const older = known.at(-back) ?? known[0];
    const { version } = this.#now;
    if (older === undefined) return;
    this.google.versions.restore(older);
    this.#versions.push(version);
  }

  /** The tabs and named ranges, as the service account sees them. */
  tabs(): { sheetId: number; title: string }[] {
    return this.#now.tabs.map(({ sheetId, title }) => ({ sheetId, title }));
  }
}

/** Inserted lines get the look of their neighbours. A mark must not be copied with it. */
function unmarkInserted(request: object): object[] {
  const { insertDimension } = request as { insertDimension?: { range: DimensionRange } };
  if (insertDimension?.range.sheetId !== SHEET_ID) return [request];
  const { dimension, startIndex, endIndex } = insertDimension.range;
  const range =
    dimension === 'ROWS'
      ? { sheetId: SHEET_ID, startRowIndex: startIndex, endRowIndex: endIndex }
      : { sheetId: SHEET_ID, startColumnIndex: startIndex, endColumnIndex: endIndex };
  return [request, { updateCells: { range, fields: 'userEnteredFormat' } }];
}

interface DimensionRange {
  readonly sheetId: number;
  readonly dimension: 'ROWS' | 'COLUMNS';
  readonly startIndex: number;
  readonly endIndex: number;
}

function textOf(cell: Cell | null): string | null {
  const entered = cell?.userEnteredValue;
  if (!entered) return null;
  // People type only texts here: a text that has become a formula is lost.
  return 'stringValue' in entered ? entered.stringValue : null;
}

function markOf(cell: Cell | null): number | null {
  const pattern = cell?.userEnteredFormat?.numberFormat?.pattern;
  return pattern === undefined ? null : Number(pattern.replaceAll('"', ''));
}
