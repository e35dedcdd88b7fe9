import { randomUUID } from 'node:crypto';
import { matchHeader, materialIdSchema, type MaterialId } from '../../../material/index.ts';
import {
  cellText,
  columnLetters,
  type Cells,
  type CellValue,
} from '../../../google/sheets/index.ts';
import { planBatch, planRollback, type CellChange, type Changes } from '../../batch/index.ts';
import { aRow, HEADER, idOf, TAB } from '../../direct/test/rows.ts';
import {
  copiedRows,
  intentOf,
  type SheetState,
  type Intent,
  type LastBatch,
  type Plan,
  type Snapshot,
} from '../../journal/index.ts';
import { reconcileAnswer, reconcileRead } from '../index.ts';

export type Rows = readonly Cells[];

export const TITLE = HEADER.indexOf('MATERIAL_TITLE');
export const DESCRIPTION = HEADER.indexOf('MATERIAL_DESC');
export const ID = HEADER.indexOf('MATERIAL_ID');

/** A catalog of three rows with the ids 1 to 3. */
export const CATALOG: Rows = [
  HEADER,
  aRow('Daun', 'Tentang daun', idOf(1)),
  aRow('Akar', 'Tentang akar', idOf(2)),
  aRow('Biji', 'Tentang biji', idOf(3)),
];

const GRID = { rows: 100, columns: 16 };

export function idAt(row: number): MaterialId {
  return materialIdSchema.parse(idOf(row));
}

/** The catalog as a read shows it, after another batch. */
export function snapshotOf(rows: Rows, last: LastBatch | null = null): Snapshot {
  const header = matchHeader(rows, TAB);
  const texts = (rows[header.row] ?? []).map(cellText);
  return {
    location: { tab: TAB, sheetId: 0, journalTab: '_materi', fence: [7] },
    grid: GRID,
    rows,
    header,
    titles: { row: header.row, texts },
    journal: null,
    last,
  };
}

/** A change of a cell of the material whose id has the row's number. */
export function change(row: number, field: string, value: string): CellChange {
  return { row, materialId: idAt(row), field, value, revision: 1 };
}

/** The sheet right after a batch. */
function afterBatch(plan: Plan, before: Rows): Rows {
  const rows = before.reduce<Rows>((all, cells) => [...all, cells], []);
  const changed = plan.cells.reduce(
    (all, { row, column, value }) => types(row, column, value)(all),
    rows,
  );
  const added = plan.rows.map(({ cells }) =>
    cells.reduce<Cells>((line, { column, value }) => withCell(line, column, value), []),
  );
  return added.length === 0 ? changed : pastes(plan.insertAt, ...added)(changed);
}

function withCell(cells: Cells, column: number, value: CellValue): Cells {
  const length = Math.max(cells.length, column + 1);
  return Array.from({ length }, (_, at) => (at === column ? value : (cells[at] ?? '')));
}

/** What people do to the sheet. */
export type Deed = (rows: Rows) => Rows;

export function types(row: number, column: number, value: CellValue): Deed {
  return (rows) => {
    const length = Math.max(rows.length, row + 1);
    return Array.from({ length }, (_, at) =>
      at === row ? withCell(rows[at] ?? [], column, value) : (rows[at] ?? []),
    );
  };
}

export function pastes(row: number, ...added: readonly Cells[]): Deed {
  return (rows) => [
    ...Array.from({ length: row }, (_, at) => rows[at] ?? []),
    ...added,
    ...rows.slice(row),
  ];
}

export function deletes(row: number): Deed {
  return (rows) => rows.toSpliced(row, 1);
}

export function insertsColumn(column: number, title = ''): Deed {
  return (rows) => rows.map((cells, row) => cells.toSpliced(column, 0, row === 0 ? title : ''));
}

export function deletesColumn(column: number): Deed {
  return (rows) => rows.map((cells) => cells.toSpliced(column, 1));
}

export function copies(row: number, to: number): Deed {
  return (rows) => pastes(to, rows[row] ?? [])(rows);
}

/** Several deeds, in their order. */
export function all(...deeds: readonly Deed[]): Deed {
  return (rows) => deeds.reduce((before, deed) => deed(before), rows);
}

export const nothing: Deed = (rows) => rows;

export interface Story {
  readonly rows?: Rows;
  readonly changes: Partial<Changes>;
  /** What people do between the read and the write. */
  readonly before?: Deed;
  /** What Google does to the sheet beside the batch. */
  readonly google?: Deed;
  /** What people do after the write. */
  readonly after?: Deed;
}

type People = Pick<Story, 'before' | 'google' | 'after'>;

/** One batch, and what people do before and after it. */
export class Batch {
  readonly id = randomUUID();
  readonly plan: Plan;
  readonly intent: Intent;
  readonly images: ReadonlyMap<number, Cells>;
  readonly #after: Rows;
  readonly #now: Rows;

  constructor(
    plan: (id: string) => Plan,
    rows: Rows,
    { before = nothing, google = nothing, after = nothing }: People,
  ) {
    this.plan = plan(this.id);
    this.intent = intentOf(this.plan, GRID.rows);
    const atWrite = before(rows);
    this.images = new Map([...copiedRows(this.intent)].map((row) => [row, atWrite[row] ?? []]));
    this.#after = google(afterBatch(this.plan, atWrite));
    this.#now = after(this.#after);
  }

  /** The sheet as people have left it. */
  get rows(): Rows {
    return this.#now;
  }

  byAnswer(texts: ReadonlySet<string> = new Set(), images = this.images) {
    const rows = new Map(this.#after.entries());
    return reconcileAnswer(this.id, this.intent, { images, texts, rows });
  }

  byRead(images = this.images): LastBatch {
    const { rows } = this;
    return reconcileRead(this.id, this.intent, images, { rows, ...headerOf(rows) });
  }

  /** The batch that rolls this one back, after a later read. */
  rollback(story: People = {}): Batch {
    return this.rollbackOf(this.byRead(), story);
  }

  rollbackOf(last: LastBatch, story: People = {}): Batch {
    const { headerRow, titles } = headerOf(this.rows);
    const sheetState: SheetState = {
      ...snapshotOf(CATALOG, last),
      titles: { row: headerRow, texts: titles },
    };
    const plan = (id: string) => {
      const rollback = planRollback(id, sheetState);
      if (rollback === null) throw new Error('There is nothing to roll back.');
      return rollback;
    };
    return new Batch(plan, this.rows, story);
  }
}

/** The header's row and titles, also where a batch has overwritten one of them. */
function headerOf(rows: Rows): { headerRow: number; titles: string[] } {
  const found = rows.findIndex((cells) => cells.includes('MATERIAL_TYPE'));
  const headerRow = Math.max(0, found);
  return { headerRow, titles: (rows[headerRow] ?? []).map(cellText) };
}

export function play({ rows = CATALOG, changes, ...people }: Story): Batch {
  const whole = { cells: [], rows: [], nextRow: rows.length, metadataHeaders: [], ...changes };
  const plan = (id: string) => {
    const planned = planBatch(id, snapshotOf(rows), whole);
    if (planned === null) throw new Error('There is nothing to write.');
    return planned;
  };
  return new Batch(plan, rows, people);
}

/** The cells that a rollback writes, such as `C3: Baru → Tentang akar`. */
export function restored({ rollback }: Pick<LastBatch, 'rollback'>): string[] {
  return rollback.map(
    ({ row, column, expected, value }) =>
      `${columnLetters(column)}${row + 1}: ${cellText(expected)} → ${cellText(value)}`,
  );
}

/** The texts that no row gets back, with where the batch wrote. */
export function unplaced(last: Pick<LastBatch, 'unplaced'>): string[] {
  return last.unplaced.map(
    ({ row, column, text }) => `${columnLetters(column)}${row + 1}: ${text}`,
  );
}

export function verdicts({ cells }: Pick<LastBatch, 'cells'>): string[] {
  return cells.map(({ kind }) => kind);
}
