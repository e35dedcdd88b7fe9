import { rewriteFormulas, type Rewriting } from './formula/rewrite.ts';
import { moveFormula, shiftFormula, type DimensionChange } from './formula/shift.ts';
import { movedRange, relocateRanges, shiftRange } from './gridRangeShift.ts';
import {
  maxCells,
  type Cell,
  type GridRange,
  type NamedRange,
  type Row,
  type Spreadsheet,
  type Tab,
} from './model.ts';
import { areCellsClosed, areLinesClosed, cellRange, protectedText } from './protection.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface DraftTab extends Omit<Writable<Tab>, 'rows'> {
  rows: Row[];
}

interface Move {
  readonly start: number;
  readonly end: number;
  readonly destination: number;
}

/** A change that a request asks for and the spreadsheet does not allow; the text is Google's. */
export class InvalidChange extends Error {}

function refuseIf(closed: boolean): void {
  if (closed) throw new InvalidChange(protectedText);
}

/** Google keeps at least one row and one column that are not frozen. */
function refuseOnlyFrozen(tab: Tab, dimension: 'ROWS' | 'COLUMNS', start: number, end: number) {
  const rows = dimension === 'ROWS';
  const frozen = rows ? tab.frozenRowCount : (tab.look?.frozenColumnCount ?? 0);
  const size = rows ? tab.rowCount : tab.columnCount;
  if (frozen > 0 && start <= frozen && end >= size) {
    const lines = rows ? 'rows' : 'columns';
    throw new InvalidChange(`Sorry, it is not possible to delete all non-frozen ${lines}.`);
  }
}

/**
 * The working copy that a batch is applied to. Rows are copied when first written; nothing of the
 * spreadsheet it was made from changes.
 */
export class Draft {
  readonly spreadsheetId: string;
  /** The address of the account that asks for the change; undefined: the spreadsheet's owner. */
  readonly by: string | undefined;
  title: string;
  readonly tabs: DraftTab[];
  namedRanges: NamedRange[];
  private readonly base: Spreadsheet;
  /** The rows this draft may write to, by themselves. */
  private readonly own = new WeakMap<Row, (Cell | null)[]>();
  private generated = 0;

  constructor(base: Spreadsheet, by?: string) {
    this.base = base;
    this.by = by;
    this.spreadsheetId = base.spreadsheetId;
    this.title = base.title;
    this.tabs = base.tabs.map((tab) => ({ ...tab, rows: [...tab.rows] }));
    this.namedRanges = [...base.namedRanges];
  }

  /** The new state; `at` is the time of the change. */
  finish(at: string): Spreadsheet {
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
   * An id nobody chose. It follows from the spreadsheet's version alone, so that a journal replayed
   * after a crash gives every tab and named range the id that was answered.
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

  /** @throws InvalidChange when some of a tab's cells are closed to whoever asks for the change */
  requireEditable(tab: Tab, area: GridRange): void {
    refuseIf(areCellsClosed(tab, this.by, area));
  }

  /** @throws InvalidChange when the cell is protected, also when it would stay as it is */
  setCell(tab: DraftTab, row: number, column: number, cell: Cell | null): void {
    this.requireEditable(tab, cellRange(tab.sheetId, row, column));
    this.put(tab, row, column, cell);
  }

  private put(tab: DraftTab, row: number, column: number, cell: Cell | null): void {
    const existing = tab.rows[row];
    if (cell === null && (existing?.[column] ?? null) === null) return;
    while (tab.rows.length <= row) tab.rows.push([]);
    const current = tab.rows[row] ?? [];
    const writable = this.own.get(current) ?? [...current];
    while (writable.length <= column) writable.push(null);
    writable[column] = cell;
    this.own.set(writable, writable);
    tab.rows[row] = writable;
  }

  insert(tab: DraftTab, dimension: 'ROWS' | 'COLUMNS', at: number, count: number): void {
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
    this.shift(tab, { dimension, at, count });
  }

  delete(tab: DraftTab, dimension: 'ROWS' | 'COLUMNS', at: number, count: number): void {
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
    this.shift(tab, { dimension, at, count: -count });
  }

  /** Moves lines to before `destination`, which is not within them. */
  move(tab: DraftTab, dimension: 'ROWS' | 'COLUMNS', { start, end, destination }: Move): void {
    refuseIf(areLinesClosed(tab, this.by, { dimension, start, end }));
    refuseIf(areLinesClosed(tab, this.by, { dimension, start: destination, end: destination }));
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
