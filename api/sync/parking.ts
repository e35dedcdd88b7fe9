import {
  COLUMNS,
  FIELDS,
  type CellChange,
  type Changes,
  type Plan,
  type RowChange,
} from '../../core/index.ts';

/** How long a change that Google refuses waits before it is tried again, in ms; twice as long each time. */
const PARKED_MS = { first: 60_000, most: 16 * 60_000 };

/** So many changes of one column, or so many new rows, refused one by one: then it is all of them. */
const MOST_ALIKE = 5;

/** What Google refuses, and what Google says. */
export interface Parked {
  readonly reason: string;
  /** The sheet's row, from 1; null: a new one, or a whole column. */
  readonly rowNumber: number | null;
}

interface Admitted {
  readonly changes: Changes;
  /** Why Google refuses everything that waits; null: nothing does, or some of it may be tried. */
  readonly stuck: string | null;
}

/**
 * Finds the one change for which Google refuses a whole batch: batches are halved until one has that
 * change alone. It is parked, and all others go on in batches that double again. Where one after the other
 * is refused in one column (somebody protects it) or of the new rows (the sheet is full), all of them
 * are parked, so that a thousand do not cost a thousand requests; after a while one of them tries for
 * all. Only the leader keeps this: the next leader finds it anew in a few requests.
 */
export class Parking {
  #most = Infinity;
  #refusals = 0;
  readonly #parked = new Map<string, Parked & { alike: string; until: number }>();
  /** How often what was never taken since was parked. */
  readonly #strikes = new Map<string, number>();

  /** What of the changes may be tried now. */
  admit(changes: Changes, now: number): Admitted {
    for (const [key, { until }] of this.#parked) if (until <= now) this.#parked.delete(key);
    const isWaiting = (change: Change) =>
      !this.#parked.has(keyOf(change)) && !this.#parked.has(alike(change));
    const waiting = [...changes.cells, ...changes.rows].filter(isWaiting);
    // Another one each time: of a column, some rows alone may be protected.
    const probes = [...Map.groupBy(waiting, alike)].map(
      ([kind, ofKind]) => ofKind[(this.#strikes.get(kind) ?? 0) % ofKind.length],
    );
    const isFree = (change: Change) =>
      isWaiting(change) && (!this.#strikes.has(alike(change)) || probes.includes(change));
    const free = changes.cells.filter(isFree);
    const cells = withoutAlone(free).slice(0, this.#most);
    const freeRows = changes.rows.filter(isFree);
    const rows = freeRows.slice(0, Math.max(0, this.#most - cells.length));
    const held = changes.cells.length + changes.rows.length - free.length - freeRows.length;
    const [first] = this.#parked.values();
    return {
      changes: { ...changes, cells: withoutAlone(cells), rows },
      stuck: held > 0 && cells.length + rows.length === 0 ? (first?.reason ?? null) : null,
    };
  }

  /**
   * A batch was refused. Once may be because another writer was there first.
   *
   * @returns false if it cannot be made smaller: what Google refuses is all there is
   */
  refused(plan: Plan, reason: string, now: number): boolean {
    this.#refusals += 1;
    if (this.#refusals === 1) return true;
    const changes = [...plan.cells, ...plan.rows];
    const [only] = changes;
    if (only === undefined || plan.rollbacks > 0) return false;
    if (changes.length > 1) {
      this.#most = Math.ceil(changes.length / 2);
      return true;
    }
    this.#park(only, reason, now);
    return true;
  }

  #park(only: Planned, reason: string, now: number): void {
    const key = keyOfPlanned(only);
    const kind = alikePlanned(only);
    const rowNumber = 'row' in only ? only.row + 1 : null;
    const same = [...this.#parked].filter(([, parked]) => parked.alike === kind);
    if (same.length + 1 < MOST_ALIKE && !this.#strikes.has(kind)) {
      this.#parked.set(key, { reason, rowNumber, alike: kind, until: now + this.#strike(key) });
      return;
    }
    for (const [other] of same) this.#parked.delete(other);
    const all = { reason: `${kind}: ${reason}`, rowNumber: null, alike: '' };
    this.#parked.set(kind, { ...all, until: now + this.#strike(kind) });
  }

  /** @returns how long it waits this time */
  #strike(key: string): number {
    const strikes = this.#strikes.get(key) ?? 0;
    this.#strikes.set(key, strikes + 1);
    return Math.min(PARKED_MS.first * 2 ** strikes, PARKED_MS.most);
  }

  /** A batch was taken. */
  taken(plan: Plan): void {
    this.#refusals = 0;
    this.#most *= 2;
    for (const planned of [...plan.cells, ...plan.rows]) {
      this.#strikes.delete(keyOfPlanned(planned));
      this.#strikes.delete(alikePlanned(planned));
    }
  }

  list(): readonly Parked[] {
    return [...this.#parked.values()].map(({ reason, rowNumber }) => ({ reason, rowNumber }));
  }
}

type Change = CellChange | RowChange;
type Planned = Plan['cells'][number] | Plan['rows'][number];

/** What a change is parked together with: its column, by what the sheet calls it. */
function alike(change: Change): string {
  return 'row' in change ? columnName(change.field) : NEW_ROWS;
}

function alikePlanned(planned: Planned): string {
  return 'row' in planned ? columnName(planned.change?.field ?? '') : NEW_ROWS;
}

const NEW_ROWS = 'New rows';

function columnName(field: string): string {
  const known = FIELDS.find((name) => name === field);
  return known === undefined ? field : COLUMNS[known].header;
}

/** A time of change without a change is not worth a write. */
export function withoutAlone(cells: readonly CellChange[]): CellChange[] {
  const changed = new Set(cells.flatMap(({ row, field }) => (field === 'updatedAt' ? [] : [row])));
  return cells.filter(({ row, field }) => field !== 'updatedAt' || changed.has(row));
}

function keyOf(change: Change): string {
  if (!('row' in change)) return `${change.materialId} row`;
  // A row's id is made anew with every try. Until it is written, the key is the row's number.
  return change.field === 'id' ? `row ${change.row}` : `${change.materialId} ${change.field}`;
}

function keyOfPlanned(planned: Planned): string {
  if (!('row' in planned)) return `${planned.materialId} row`;
  const field = planned.change?.field ?? '';
  return field === 'id' ? `row ${planned.row}` : `${planned.change?.materialId ?? ''} ${field}`;
}
