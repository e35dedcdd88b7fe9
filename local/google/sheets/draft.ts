import { moveFormula, shiftFormula, type DimensionChange } from './formula/shift.ts';
import { movedRange, shiftRange } from './gridRangeShift.ts';
import {
  maxCells,
  sameTitle,
  type Cell,
  type DataValidation,
  type GridRange,
  type NamedRange,
  type Row,
  type Spreadsheet,
  type Tab,
} from './model.ts';

interface DraftTab extends Omit<Tab, 'rows'> {
  sheetId: number;
  title: string;
  hidden: boolean;
  rowCount: number;
  columnCount: number;
  frozenRowCount: number;
  validations?: readonly DataValidation[];
  rows: Row[];
}

interface Move {
  readonly start: number;
  readonly end: number;
  readonly destination: number;
}

/** A change that a request asks for and the spreadsheet does not allow; the text is Google's. */
export class InvalidChange extends Error {}

/**
 * The working copy that a batch is applied to. Rows are copied when first written; nothing of the
 * spreadsheet it was made from changes.
 */
export class Draft {
  readonly spreadsheetId: string;
  title: string;
  readonly tabs: DraftTab[];
  namedRanges: NamedRange[];
  private readonly base: Spreadsheet;
  /** The rows this draft may write to, by themselves. */
  private readonly own = new WeakMap<Row, (Cell | null)[]>();
  private generated = 0;

  constructor(base: Spreadsheet) {
    this.base = base;
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

  tab(sheetId: number): DraftTab {
    const tab = this.tabs.find((t) => t.sheetId === sheetId);
    if (!tab) throw new InvalidChange(`No grid with id: ${sheetId}`);
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

  setCell(tab: DraftTab, row: number, column: number, cell: Cell | null): void {
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
    if (dimension === 'ROWS') {
      tab.rowCount -= count;
      tab.rows.splice(at, count);
      tab.frozenRowCount = Math.min(tab.frozenRowCount, tab.rowCount);
    } else {
      tab.columnCount -= count;
      tab.rows = tab.rows.map((row) => [...row.slice(0, at), ...row.slice(at + count)]);
    }
    this.shift(tab, { dimension, at, count: -count });
  }

  /** Moves lines to before `destination`, which is not within them. */
  move(tab: DraftTab, dimension: 'ROWS' | 'COLUMNS', { start, end, destination }: Move): void {
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
    const moved = (range: GridRange) => movedRange(range, dimension, place);
    this.namedRanges = this.namedRanges.map((named) =>
      named.range?.sheetId === tab.sheetId ? { ...named, range: moved(named.range) } : named,
    );
    if (tab.validations) {
      tab.validations = tab.validations.map(({ range, rule }) => ({ range: moved(range), rule }));
    }
  }

  private refuseTooManyCells(more: number): void {
    const cells = this.tabs.reduce((sum, tab) => sum + tab.rowCount * tab.columnCount, 0);
    if (cells + more > maxCells) {
      throw new InvalidChange(
        `This action would increase the number of cells in the workbook above the limit of ${maxCells} cells.`,
      );
    }
  }

  /** Rewrites the formulas of every tab that mean cells of the changed one. */
  private follow(
    changed: DraftTab,
    rewritten: (formula: string, concerns: (title: string | undefined) => boolean) => string,
  ): void {
    for (const tab of this.tabs) {
      const concerns = (title: string | undefined) =>
        title === undefined ? tab === changed : sameTitle(title, changed.title);
      tab.rows.forEach((row, rowIndex) => {
        row.forEach((cell, column) => {
          const entered = cell?.userEnteredValue;
          if (!entered || !('formulaValue' in entered)) return;
          const formulaValue = rewritten(entered.formulaValue, concerns);
          if (formulaValue === entered.formulaValue) return;
          this.setCell(tab, rowIndex, column, { ...cell, userEnteredValue: { formulaValue } });
        });
      });
    }
  }

  /** Formulas of every tab, named ranges and validations follow the cells they meant. */
  private shift(changed: DraftTab, change: DimensionChange): void {
    this.follow(changed, (formula, concerns) => shiftFormula(formula, change, concerns));
    if (changed.validations) {
      changed.validations = changed.validations.flatMap(({ range, rule }) => {
        const shifted = shiftRange(range, change);
        return shifted ? [{ range: shifted, rule }] : [];
      });
    }
    this.namedRanges = this.namedRanges.map((named) =>
      named.range?.sheetId === changed.sheetId
        ? { ...named, range: shiftRange(named.range, change) }
        : named,
    );
  }
}
