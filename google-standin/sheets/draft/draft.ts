import { filterNewRows } from '../display/filteredRows.ts';
import { refuseOtherArrays } from '../formula/arrays.ts';
import { rewriteFormulas, type Rewriting } from '../formula/rewrite.ts';
import { moveFormula, shiftFormula, type DimensionChange } from '../formula/shift.ts';
import { movedRange, relocateRanges, shiftRange } from './gridRangeShift.ts';
import {
  linesOf,
  reordered,
  setLines,
  withInserted,
  withoutDeleted,
  type Dimension,
  type Lines,
} from '../model/lines.ts';
import { mergeCovering, withUnseen } from '../model/merges.ts';
import {
  maxCells,
  type Cell,
  type GridRange,
  type Merge,
  type NamedRange,
  type Row,
  type Spreadsheet,
  type Tab,
} from '../model/spreadsheet.ts';
import type { Rectangle } from '../model/range.ts';
import { areCellsClosed, areLinesClosed, cellRange, protectedText } from '../model/protection.ts';
import { unknownsOf, type Unknowns } from '../model/unknowns.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface DraftTab extends Omit<Writable<Tab>, 'rows'> {
  rows: Row[];
}

interface Insertion {
  readonly dimension: Dimension;
  readonly at: number;
  readonly inheritFrom: number | undefined;
}

interface Written {
  readonly row: number;
  readonly column: number;
  readonly cell: Cell | null;
}

interface Move {
  readonly start: number;
  readonly end: number;
  readonly destination: number;
}

/** A change that a request asks for and the spreadsheet does not allow; the text is Google's. */
export class InvalidChange extends Error {}

/** Google's text where a change would cut merged cells apart. */
export const mergedText = 'You must select all cells in a merged range to merge or unmerge them.';

function refuseIf(closed: boolean): void {
  if (closed) throw new InvalidChange(protectedText);
}

/** Lines cannot move out of a part of a merge, nor into the middle of one. */
function refuseCutMerges(tab: Tab, dimension: Dimension, { start, end, destination }: Move): void {
  const cuts = (tab.merges ?? []).some((merge) => {
    const [first, last] =
      dimension === 'ROWS' ? [merge.startRow, merge.endRow] : [merge.startColumn, merge.endColumn];
    const isInside = (edge: number) => first < edge && edge < last;
    return isInside(start) || isInside(end) || isInside(destination);
  });
  if (cuts) throw new InvalidChange(mergedText);
}

/** Google keeps at least one row and one column that are not frozen. */
function refuseOnlyFrozen(tab: Tab, dimension: Dimension, start: number, end: number) {
  const rows = dimension === 'ROWS';
  const frozen = rows ? tab.frozenRowCount : (tab.look?.frozenColumnCount ?? 0);
  const size = rows ? tab.rowCount : tab.columnCount;
  if (frozen > 0 && start <= frozen && end >= size) {
    const lines = rows ? 'rows' : 'columns';
    throw new InvalidChange(`Sorry, it is not possible to delete all non-frozen ${lines}.`);
  }
}

/**
 * The working copy that a batch is applied to. Nothing of the spreadsheet it was made from changes.
 */
export class Draft {
  readonly spreadsheetId: string;
  /** The address of the account that asks for the change; undefined: the spreadsheet's owner. */
  readonly by: string | undefined;
  title: string;
  readonly tabs: DraftTab[];
  namedRanges: NamedRange[];
  readonly unknowns: Unknowns;
  private readonly base: Spreadsheet;
  private generated = 0;

  constructor(base: Spreadsheet, by?: string) {
    this.base = base;
    this.by = by;
    this.spreadsheetId = base.spreadsheetId;
    this.title = base.title;
    this.unknowns = unknownsOf(base);
    this.tabs = base.tabs.map((tab) => ({ ...tab, rows: [...tab.rows] }));
    this.namedRanges = [...base.namedRanges];
  }

  /** The new state; `at` is the time of the change. */
  finish(at: string): Spreadsheet {
    for (const tab of this.tabs) filterNewRows(this.snapshot(), tab);
    return {
      ...this.base,
      title: this.title,
      version: this.base.version + 1,
      modifiedTime: at,
      tabs: this.tabs,
      namedRanges: this.namedRanges,
    };
  }

  /** The state in between, for what reads (formulas, ranges by name). */
  snapshot(): Spreadsheet {
    return { ...this.base, tabs: this.tabs, namedRanges: this.namedRanges };
  }

  /**
   * An id for a request that gives none. It depends only on the spreadsheet's version. So after a crash, a
   * replay of the journal gives every tab and named range the id that was answered before.
   */
  generateId(): number {
    let hash = 2166136261;
    const seed = `${this.spreadsheetId}/${this.base.version}/${this.generated++}`;
    for (const letter of seed) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
    return hash % 2_000_000_000;
  }

  /** @param as what the request means: cells (a grid) or the tab itself (a sheet) */
  tab(sheetId: number, as: 'grid' | 'sheet' = 'grid'): DraftTab {
    const tab = this.tabs.find((t) => t.sheetId === sheetId);
    if (!tab) throw new InvalidChange(`No ${as} with id: ${sheetId}`);
    return tab;
  }

  addTab(tab: Omit<DraftTab, 'rows'>, index = this.tabs.length): DraftTab {
    this.refuseTooManyCells(tab.rowCount * tab.columnCount);
    const added = { ...tab, rows: [] };
    this.tabs.splice(index, 0, added);
    return added;
  }

  cell(tab: Tab, row: number, column: number): Cell | null {
    return tab.rows[row]?.[column] ?? null;
  }

  /** Merges cells anew: all merges of the tab, as they are to be. */
  setMerges(tab: DraftTab, merges: readonly Merge[]): void {
    if (merges.length > 0) tab.merges = merges;
    else delete tab.merges;
  }

  /** @throws InvalidChange if the caller may not edit some of the tab's cells */
  requireEditable(tab: Tab, area: GridRange): void {
    refuseIf(areCellsClosed(tab, this.by, area));
  }

  /** @throws InvalidChange when the cell is protected, also when it would stay as it is */
  setCell(tab: DraftTab, row: number, column: number, cell: Cell | null): void {
    this.requireEditable(tab, cellRange(tab.sheetId, row, column));
    const entered = cell?.userEnteredValue;
    if (entered && 'formulaValue' in entered) refuseOtherArrays(entered.formulaValue);
    const merge = tab.merges && mergeCovering(tab.merges, row, column);
    if (merge && this.unknowns.writeToCoveredCell !== 'kept') {
      this.writeCovered(tab, merge, { row, column, cell });
    } else this.put(tab, row, column, cell);
  }

  private writeCovered(tab: DraftTab, merge: Merge, { row, column, cell }: Written): void {
    if (this.unknowns.writeToCoveredCell === 'lost') return;
    const changed = withUnseen(merge, row, column, cell);
    tab.merges = (tab.merges ?? []).map((one) => (one === merge ? changed : one));
  }

  /**
   * Changes what the cells of an area hold. Cells that nothing was ever written to stay as they are.
   *
   * @throws InvalidChange when some of the area is protected
   */
  changeWritten(
    tab: DraftTab,
    { startRow, endRow, startColumn, endColumn }: Rectangle,
    changed: (cell: Cell) => Cell | null,
    skips: (row: number) => boolean = () => false,
  ): void {
    if (startRow >= endRow || startColumn >= endColumn) return;
    this.requireEditable(tab, {
      sheetId: tab.sheetId,
      startRowIndex: startRow,
      endRowIndex: endRow,
      startColumnIndex: startColumn,
      endColumnIndex: endColumn,
    });
    const lastRow = Math.min(endRow, tab.rows.length);
    for (let row = startRow; row < lastRow; row++) {
      if (skips(row)) continue;
      const width = Math.min(endColumn, tab.rows[row]?.length ?? 0);
      for (let column = startColumn; column < width; column++) {
        const cell = tab.rows[row]?.[column];
        if (cell) this.put(tab, row, column, changed(cell));
      }
      if (tab.rows[row]?.every((cell) => cell === null)) tab.rows[row] = [];
    }
    tab.rows.length = tab.rows.findLastIndex((row) => row.length > 0) + 1;
  }

  private put(tab: DraftTab, row: number, column: number, cell: Cell | null): void {
    const current = tab.rows[row] ?? [];
    if (cell === null && (current[column] ?? null) === null) return;
    while (tab.rows.length <= row) tab.rows.push([]);
    const changed = [...current];
    while (changed.length <= column) changed.push(null);
    changed[column] = cell;
    tab.rows[row] = changed;
  }

  /** @param inheritFrom the line that new ones are like, as `inheritFromBefore` says */
  insert(
    tab: DraftTab,
    dimension: Dimension,
    at: number,
    count: number,
    inheritFrom?: number,
  ): void {
    refuseIf(areLinesClosed(tab, this.by, { dimension, start: at, end: at }));
    const across = dimension === 'ROWS' ? tab.columnCount : tab.rowCount;
    this.refuseTooManyCells(count * across);
    if (dimension === 'ROWS') {
      tab.rowCount += count;
      if (at < tab.rows.length) {
        tab.rows.splice(at, 0, ...Array.from({ length: count }, (): Row => []));
      }
    } else {
      tab.columnCount += count;
      const blank = Array.from({ length: count }, () => null);
      tab.rows = tab.rows.map((row) =>
        at < row.length ? [...row.slice(0, at), ...blank, ...row.slice(at)] : row,
      );
    }
    const lines = linesOf(tab, dimension);
    const line = this.insertedLine(tab, lines, { dimension, at, inheritFrom });
    setLines(tab, dimension, withInserted(lines, { at, count }, line));
    this.shift(tab, { dimension, at, count });
  }

  /** A new line gets the groups of both neighbours, and the size of the neighbour that it inherits from. */
  private insertedLine(tab: DraftTab, lines: Lines, { dimension, at, inheritFrom }: Insertion) {
    const [before, after] = [lines[at - 1], lines[at]];
    const depth = Math.min(before?.depth ?? 0, after?.depth ?? 0);
    const origin = inheritFrom === undefined ? undefined : lines[inheritFrom];
    const isNew =
      dimension === 'ROWS' && tab.basicFilter && this.unknowns.rowInsertedInFilter === 'hidden';
    return {
      depth,
      pixelSize: origin?.pixelSize,
      hiddenByUser: this.unknowns.rowInsertedAtHiddenRow === 'hidden' && origin?.hiddenByUser,
      isNew,
    };
  }

  delete(tab: DraftTab, dimension: Dimension, at: number, count: number): void {
    refuseIf(areLinesClosed(tab, this.by, { dimension, start: at, end: at + count }));
    refuseOnlyFrozen(tab, dimension, at, at + count);
    if (dimension === 'ROWS') {
      tab.rowCount -= count;
      tab.rows.splice(at, count);
      tab.frozenRowCount = Math.min(tab.frozenRowCount, tab.rowCount);
    } else {
      tab.columnCount -= count;
      if (tab.look?.frozenColumnCount) {
        const frozenColumnCount = Math.min(tab.look.frozenColumnCount, tab.columnCount);
        tab.look = { ...tab.look, frozenColumnCount };
      }
      tab.rows = tab.rows.map((row) => [...row.slice(0, at), ...row.slice(at + count)]);
    }
    setLines(tab, dimension, withoutDeleted(linesOf(tab, dimension), { at, count }));
    this.shift(tab, { dimension, at, count: -count });
  }

  /** Moves lines to before `destination`, which is not within them. */
  move(tab: DraftTab, dimension: Dimension, { start, end, destination }: Move): void {
    refuseIf(areLinesClosed(tab, this.by, { dimension, start, end }));
    refuseIf(areLinesClosed(tab, this.by, { dimension, start: destination, end: destination }));
    refuseCutMerges(tab, dimension, { start, end, destination });
    const size = dimension === 'ROWS' ? tab.rowCount : tab.columnCount;
    const rest = Array.from({ length: size }, (_, index) => index);
    const taken = rest.splice(start, end - start);
    rest.splice(destination > start ? destination - taken.length : destination, 0, ...taken);
    const places = new Map(rest.map((from, to) => [from, to]));
    const place = (index: number) => places.get(index) ?? index;
    if (dimension === 'ROWS') {
      const used = Math.min(size, Math.max(tab.rows.length + taken.length, destination));
      tab.rows = rest.slice(0, used).map((from) => tab.rows[from] ?? []);
    } else {
      tab.rows = tab.rows.map((row) => rest.map((from) => row[from] ?? null));
    }
    setLines(tab, dimension, reordered(linesOf(tab, dimension), rest));
    this.follow(tab, (formula, concerns) => moveFormula(formula, dimension, place, concerns));
    relocateRanges(this, tab, (range) => movedRange(range, dimension, place));
  }

  private refuseTooManyCells(more: number): void {
    const cells = this.tabs.reduce((sum, tab) => sum + tab.rowCount * tab.columnCount, 0);
    if (cells + more > maxCells) {
      throw new InvalidChange(
        `This action would increase the number of cells in the workbook above the limit of ${maxCells} cells.`,
      );
    }
  }

  /** A formula follows the cells it means even where it is protected. */
  private follow(changed: DraftTab, rewritten: Rewriting): void {
    rewriteFormulas(this.tabs, changed, rewritten, (tab, row, column, cell) =>
      this.put(tab, row, column, cell),
    );
  }

  /** Formulas of every tab and ranges of all kinds follow the cells they meant. */
  private shift(changed: DraftTab, change: DimensionChange): void {
    this.follow(changed, (formula, concerns) => shiftFormula(formula, change, concerns));
    relocateRanges(this, changed, (range) => shiftRange(range, change));
  }
}
