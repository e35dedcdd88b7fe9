import { batchOf, type Batch } from '../batch/index.ts';
import {
  cellAt,
  cellText,
  SheetError,
  type Cells,
  type SheetTransport,
  type ShownRange,
} from '../../google/sheets/index.ts';
import {
  allKnown,
  copiedRows,
  JOURNAL_SHEET_ID,
  JOURNAL_TAB,
  rowAfter,
  type Aftermath,
  type SheetState,
  type Intent,
  type Plan,
} from '../journal/index.ts';
import { rowKey } from '../../material/index.ts';
import { readableCells } from './read.ts';
import { reconcileAnswer } from '../recovery/index.ts';

/**
 * Sends a batch. One request; the answer shows what the batch did.
 *
 * @param sheetState the read, or the answer, that the plan was made on
 * @throws SheetError as the transport does; `unknown` if the answer does not show the batch
 */
export async function sendBatch(
  transport: SheetTransport,
  plan: Plan,
  sheetState: SheetState,
): Promise<Aftermath> {
  const batch = batchOf(plan, sheetState);
  return aftermathOf(plan, sheetState, batch, await transport.write(batch.requests, batch.show));
}

/**
 * Reads a batch's own answer: the state right after the batch.
 *
 * @throws SheetError `unknown` if the answer does not show it: then only a read does
 */
function aftermathOf(
  plan: Plan,
  sheetState: SheetState,
  { intent, label }: Batch,
  shown: readonly ShownRange[],
): Aftermath {
  const { sheetId } = sheetState.location;
  const ofTab = (id: number) => shown.filter((range) => range.sheetId === id);
  const [catalog, journal] = [ofTab(sheetId), ofTab(JOURNAL_SHEET_ID)];
  const grid = catalog[0]?.grid;
  if (grid === undefined || journal.length === 0) {
    throw new SheetError('unknown', 'Google applied a batch, and its answer does not show it.');
  }
  const rows = rowsOf(catalog);
  const images = rowsOf(journal);
  const texts = new Set(journal.flatMap((range) => [...range.texts]));
  const { last, headerRow } = reconcileAnswer(plan.id, intent, { images, texts, rows });
  const hiddenRows = new Map(catalog.flatMap((range) => [...range.hiddenRows]));
  let hidden = label.hidden;
  for (const row of copiedRows(intent)) {
    const place = rowAfter(intent, row);
    const [before, now] = [images.get(row) ?? [], rows.get(place) ?? []];
    if (now.every((cell) => cell === '') || writesKey(intent, row, now)) continue;
    // If Google skips the row, its image may be the one of the next row.
    const isSame = rowKey(before, intent.keyColumns) === rowKey(now, intent.keyColumns);
    for (const by of hiddenRows.get(place) ?? []) {
      hidden = allKnown(hidden, { [by]: isSame ? 'copied' : 'skipped' });
    }
  }
  const journalTab = sheetState.location.journalTab ?? JOURNAL_TAB;
  return {
    location: { ...sheetState.location, journalTab, fence: [plan.number] },
    grid,
    journal: { grid: label.grid, label: { ...label, hidden }, intent, images },
    last,
    titles: { row: headerRow, texts: (rows.get(headerRow) ?? []).map(cellText) },
    rows,
    hiddenRows,
  };
}

function rowsOf(ranges: readonly ShownRange[]): Map<number, Cells> {
  return new Map(
    ranges.flatMap(({ startRow, rows }) =>
      rows.map((cells, at) => [startRow + at, readableCells(cells)] as const),
    ),
  );
}

/** Whether the batch writes the row's key: the id, or a part of the texts of a row without an id. */
function writesKey({ cells, keyColumns }: Intent, row: number, now: Cells): boolean {
  const written = cells.flatMap(([at, column]) => (at === row ? [column] : []));
  const { id } = keyColumns;
  const isFoundById = cellText(cellAt(now, id)) !== '' && !written.some((column) => column === id);
  return !isFoundById && written.some((column) => Object.values(keyColumns).includes(column));
}
