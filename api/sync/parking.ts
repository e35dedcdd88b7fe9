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

/** If Google refuses so many changes of one group, one by one, the whole group is parked. */
const MOST_OF_GROUP = 5;

/** A change that Google refuses, with Google's reason. */
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
 * Finds the one change that makes Google refuse a whole batch, and parks it. The parked change waits, and
 * the sync writes all others. To find it, each batch has half as many changes as the one before.
 *
 * All changes of a column are one group, because somebody may have protected the column. All new rows are
 * one group, because the sheet may be full. If one change of a group after another is refused, the whole
 * group is parked. After a while one change of the group is tried. So a thousand changes do not cost a
 * thousand requests.
 *
 * Only the leader knows what is parked. The next leader finds it again in a few requests.
 */
export class Parking {
  #most = Infinity;
  #isRollbackRefused = false;
  #refusals = 0;
  readonly #parked = new Map<string, Parked & { group: string; until: number }>();
  /** How often a change or a group was parked since Google last took it. */
  readonly #strikes = new Map<string, number>();

  /** Chooses the changes that may be tried now. */
  admit(changes: Changes, now: number): Admitted {
    for (const [key, { until }] of this.#parked) if (until <= now) this.#parked.delete(key);
    const isWaiting = (change: Change) =>
      !this.#parked.has(keyOf(change)) && !this.#parked.has(groupOf(change));
    const waiting = [...changes.cells, ...changes.rows].filter(isWaiting);
    // Try another row each time: a person may have protected only some rows of the column.
    const probes = [...Map.groupBy(waiting, groupOf)].map(
      ([kind, ofKind]) => ofKind[(this.#strikes.get(kind) ?? 0) % ofKind.length],
    );
    const isFree = (change: Change) =>
      isWaiting(change) && (!this.#strikes.has(groupOf(change)) || probes.includes(change));
    const free = changes.cells.filter(isFree);
    const cells = withoutLoneTimes(free).slice(0, this.#most);
    const freeRows = changes.rows.filter(isFree);
    const rows = freeRows.slice(0, Math.max(0, this.#most - cells.length));
    const held = changes.cells.length + changes.rows.length - free.length - freeRows.length;
    const [first] = this.#parked.values();
    return {
      changes: { ...changes, cells: withoutLoneTimes(cells), rows },
      stuck: held > 0 && cells.length + rows.length === 0 ? (first?.reason ?? null) : null,
    };
  }

  /**
   * Records that Google refused a batch. The first refusal in a row has no effect: another writer may have
   * been first.
   *
   * @returns false if the batch cannot be made smaller
   */
  refused(plan: Plan, reason: string, now: number): boolean {
    this.#refusals += 1;
    if (this.#refusals === 1) return true;
    const changes = [...plan.cells, ...plan.rows];
    const [only] = changes;
    if (plan.rollbacks > 0) return (this.#isRollbackRefused = true);
    if (only === undefined) return false;
    if (changes.length > 1) {
      this.#most = Math.ceil(changes.length / 2);
      return true;
    }
    this.#park(only, reason, now);
    return true;
  }

  #park(only: Planned, reason: string, now: number): void {
    const key = keyOfPlanned(only);
    const kind = groupOfPlanned(only);
    const rowNumber = 'row' in only ? only.row + 1 : null;
    const same = [...this.#parked].filter(([, parked]) => parked.group === kind);
    if (same.length + 1 < MOST_OF_GROUP && !this.#strikes.has(kind)) {
      this.#parked.set(key, { reason, rowNumber, group: kind, until: now + this.#strike(key) });
      return;
    }
    for (const [other] of same) this.#parked.delete(other);
    const all = { reason: `${kind}: ${reason}`, rowNumber: null, group: '' };
    this.#parked.set(kind, { ...all, until: now + this.#strike(kind) });
  }

  /** @returns how long it waits this time */
  #strike(key: string): number {
    const strikes = this.#strikes.get(key) ?? 0;
    this.#strikes.set(key, strikes + 1);
    return Math.min(PARKED_MS.first * 2 ** strikes, PARKED_MS.most);
  }

  /** Google has refused the rollback of the last batch more than once. */
  get isRollbackRefused(): boolean {
    return this.#isRollbackRefused;
  }

  /** Records that Google took a batch. */
  taken(plan: Plan): void {
    this.#refusals = 0;
    this.#isRollbackRefused = false;
    this.#most *= 2;
    for (const planned of [...plan.cells, ...plan.rows]) {
      this.#strikes.delete(keyOfPlanned(planned));
      this.#strikes.delete(groupOfPlanned(planned));
    }
  }

  list(): readonly Parked[] {
    return [...this.#parked.values()].map(({ reason, rowNumber }) => ({ reason, rowNumber }));
  }
}

type Change = CellChange | RowChange;
type Planned = Plan['cells'][number] | Plan['rows'][number];

/** The group of a change: its column's header, or the new rows. */
function groupOf(change: Change): string {
  return 'row' in change ? columnName(change.field) : NEW_ROWS;
}

function groupOfPlanned(planned: Planned): string {
  return 'row' in planned ? columnName(planned.change?.field ?? '') : NEW_ROWS;
}

const NEW_ROWS = 'New rows';

function columnName(field: string): string {
  const known = FIELDS.find((name) => name === field);
  return known === undefined ? field : COLUMNS[known].header;
}

/** Leaves out UPDATED_AT of rows that get no other change. */
export function withoutLoneTimes(cells: readonly CellChange[]): CellChange[] {
  const changed = new Set(cells.flatMap(({ row, field }) => (field === 'updatedAt' ? [] : [row])));
  return cells.filter(({ row, field }) => field !== 'updatedAt' || changed.has(row));
}

function keyOf(change: Change): string {
  if (!('row' in change)) return `${change.materialId} row`;
  // Each try makes another id for a row. So the key is the row's number.
  return change.field === 'id' ? `row ${change.row}` : `${change.materialId} ${change.field}`;
}

function keyOfPlanned(planned: Planned): string {
  if (!('row' in planned)) return `${planned.materialId} row`;
  const field = planned.change?.field ?? '';
  return field === 'id' ? `row ${planned.row}` : `${planned.change?.materialId ?? ''} ${field}`;
}
