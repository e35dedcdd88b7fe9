import type { CellChange, Changes, Plan, RowChange } from '../../core/index.ts';

/** How long a change that Google refused waits before it is tried again, in ms. */
const PARKED_MS = 10 * 60_000;

/** A change that Google refuses, and what Google says. */
export interface Parked {
  readonly reason: string;
  /** The sheet's row, from 1; null: a new one. */
  readonly rowNumber: number | null;
}

/**
 * Finds the one change for which Google refuses a whole batch: batches are halved until it stands
 * alone; it is parked, and the rest goes on in batches that double again. Kept by the leader alone:
 * whoever leads next finds it anew in a few requests.
 */
export class Parking {
  #most = Infinity;
  #refusals = 0;
  readonly #parked = new Map<string, Parked & { until: number }>();

  /** What of the changes may be tried now. */
  admit(changes: Changes, now: number): Changes {
    for (const [key, { until }] of this.#parked) if (until <= now) this.#parked.delete(key);
    const free = changes.cells.filter((cell) => !this.#parked.has(keyOf(cell)));
    const cells = free.slice(0, this.#most);
    const rows = changes.rows
      .filter((row) => !this.#parked.has(keyOf(row)))
      .slice(0, Math.max(0, this.#most - cells.length));
    return { ...changes, cells: cells.filter((cell) => !isAlone(cell, cells)), rows };
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
    if (only === undefined || plan.cells.some(({ restores }) => restores)) return false;
    if (changes.length > 1) {
      this.#most = Math.ceil(changes.length / 2);
      return true;
    }
    const rowNumber = 'row' in only ? only.row + 1 : null;
    this.#parked.set(keyOfPlanned(only), { reason, rowNumber, until: now + PARKED_MS });
    return true;
  }

  /** A batch was taken. */
  taken(): void {
    this.#refusals = 0;
    this.#most *= 2;
  }

  list(): readonly Parked[] {
    return [...this.#parked.values()].map(({ reason, rowNumber }) => ({ reason, rowNumber }));
  }
}

/** A time of change without a change is not worth a write. */
function isAlone(cell: CellChange, cells: readonly CellChange[]): boolean {
  return (
    cell.field === 'updatedAt' &&
    !cells.some(({ row, field }) => row === cell.row && field !== 'updatedAt')
  );
}

function keyOf(change: CellChange | RowChange): string {
  if (!('row' in change)) return `${change.materialId} row`;
  // A row's id is made anew with every try; until it is written, the row is told by its place.
  return change.field === 'id' ? `row ${change.row}` : `${change.materialId} ${change.field}`;
}

function keyOfPlanned(planned: Plan['cells'][number] | Plan['rows'][number]): string {
  if (!('row' in planned)) return `${planned.materialId} row`;
  const field = planned.change?.field ?? '';
  return field === 'id' ? `row ${planned.row}` : `${planned.change?.materialId ?? ''} ${field}`;
}
