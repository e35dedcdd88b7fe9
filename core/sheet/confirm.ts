import { rowBefore, trustedIntent, type Carbon } from './carbon.ts';
import { cellText, type CellValue } from './cell.ts';
import { digest, rowDigest } from './digest.ts';
import type { Intent } from './intent.ts';
import { mending } from './mend.ts';
import { misplacedCells } from './misplaced.ts';
import type { Mending, Plan, PlannedCell, PlannedRow } from './planned.ts';
import { rowKey } from './rows.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What a write really did, told from the carbon copy:
 *
 * - `confirmed`: header, key and old value were as planned.
 * - `edited`: a person had changed the cell between the read and the write; `found` is what they
 *   had written. It is put back, and is a conflict.
 * - `moved`: the row or the column had moved. It is put back, and tried again.
 * - `unclear`: another batch has landed since, and whoever wrote it had what was a mistake put back
 *   first; or the copy is not to be trusted. What the sheet shows must tell.
 */
export type Verdict =
  | { readonly kind: 'confirmed' | 'moved' | 'unclear' }
  | { readonly kind: 'edited'; readonly found: CellValue };

/** The batch that landed last, by whichever writer. */
export interface LastBatch {
  readonly id: string;
  /** For its cells and its new rows, in their order. */
  readonly cells: readonly Verdict[];
  readonly rows: readonly Verdict[];
  /** What it wrote by mistake. Every writer puts that back before it writes anything else. */
  readonly mending: Mending;
}

/**
 * Judges the last batch by its carbon copy.
 *
 * @returns null if there was none, if it wrote another tab, or if somebody has edited the hidden tab
 */
export function lastBatch(snapshot: Snapshot): LastBatch | null {
  const { carbon, location } = snapshot;
  if (carbon?.label == null || carbon.label.sheetId !== location.sheetId) return null;
  const meant = trustedIntent(carbon);
  if (meant === null) return null;
  const headerBefore = rowBefore(carbon, meant.headerRow);
  const sameHeader = (column: number) =>
    cellText(headerBefore[column]) === cellText(meant.header[column]);
  const isHeaderThere = meant.header.every((_, column) => sameHeader(column));
  const isInPlace = meant.rowColumns.every(sameHeader);

  const judged = meant.cells.map((cell) => judge(cell, meant, carbon, sameHeader));
  const cells = meant.restoring.length === 0 ? judged : rowByRow(meant, judged);
  const misplaced = misplacedCells(meant, snapshot, carbon, {
    cells: meant.cells.filter((_, at) => !isConfirmed(cells[at])),
    rows: isInPlace ? [] : meant.rows,
    columns: meant.columns.filter(
      ({ column }) => !isHeaderThere || cellText(headerBefore[column]) !== '',
    ),
  });
  const unfinished = [meant.restoring.filter((_, at) => !isConfirmed(cells[at])), ...meant.later];
  return {
    id: carbon.label.id,
    cells,
    rows: meant.rows.map(() => ({ kind: isInPlace ? 'confirmed' : 'moved' })),
    mending: mending(misplaced, unfinished, snapshot),
  };
}

function judge(
  [row, column, key, expected]: Intent['cells'][number],
  { keyColumns, restoring }: Intent,
  carbon: Carbon,
  sameHeader: (column: number) => boolean,
): Verdict {
  const before = rowBefore(carbon, row);
  const isInPlace = [column, ...Object.values(keyColumns)].every(sameHeader);
  // A row is told by its id: if that very cell was edited, the key differs too.
  const found = restoring.length > 0 ? rowDigest(before) : digest(rowKey(before, keyColumns));
  if (!isInPlace || found !== key) return { kind: 'moved' };
  const cell = before[column] ?? '';
  return digest(cell) === expected ? { kind: 'confirmed' } : { kind: 'edited', found: cell };
}

/** A row that a mistake stands in is the one meant only as a whole: people's edit of it is theirs. */
function rowByRow({ cells }: Intent, judged: readonly Verdict[]): readonly Verdict[] {
  const failed = new Set(cells.flatMap(([row], at) => (isConfirmed(judged[at]) ? [] : [row])));
  return cells.map(([row]) => ({ kind: failed.has(row) ? 'moved' : 'confirmed' }));
}

function isConfirmed(verdict: Verdict | undefined): boolean {
  return verdict?.kind === 'confirmed';
}

/** What became of one's own plan. */
export interface PlanOutcome {
  /** False: the batch is not in the sheet. It may still arrive, but then the next one cannot. */
  readonly landed: boolean;
  readonly cells: ReadonlyArray<{ readonly cell: PlannedCell; readonly verdict: Verdict }>;
  readonly rows: ReadonlyArray<{ readonly row: PlannedRow; readonly verdict: Verdict }>;
}

/** @param last as the same snapshot shows it */
export function outcomeOf(plan: Plan, { carbon }: Snapshot, last: LastBatch | null): PlanOutcome {
  const label = carbon?.label ?? null;
  if (label === null || ![label.id, ...label.history].includes(plan.id)) {
    return { landed: false, cells: [], rows: [] };
  }
  const own = last?.id === plan.id ? last : null;
  const unclear: Verdict = { kind: 'unclear' };
  return {
    landed: true,
    cells: plan.cells.map((cell, at) => ({ cell, verdict: own?.cells[at] ?? unclear })),
    rows: plan.rows.map((row, at) => ({ row, verdict: own?.rows[at] ?? unclear })),
  };
}
