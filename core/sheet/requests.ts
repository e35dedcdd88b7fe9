import {
  CARBON_SHEET_ID,
  CARBON_TAB,
  columnsNeeded,
  labelColumn,
  labelText,
  namedRangeId,
  secondCopy,
  type Carbon,
} from './carbon.ts';
import type { CellValue } from './cell.ts';
import { intentChecksum, intentOf, intentPieces } from './intent.ts';
import type { Plan, PlannedCell } from './planned.ts';
import type { Snapshot } from './snapshot.ts';
import type { SheetRequest } from './transport.ts';

/** Rows to spare when the carbon copy is made or grown, so that it does not grow with every batch. */
const SPARE_ROWS = 1000;

/**
 * A plan as the requests of one `spreadsheets.batchUpdate`, which Google applies in this order and
 * all together:
 *
 * 1. give the tab the title that it was read by. It has it already; if another tab has it by now
 *    (people copy last year's tab and swap the names), this fails and the whole batch with it;
 * 2. swap the named range of the last batch for this one's: if another writer was here since the
 *    read, or this very batch landed already, this fails in the same way;
 * 3. copy the header and every target row into the carbon copy, under this batch's label;
 * 4. write: columns, cells, and last the new rows, which move what is below them.
 *
 * @param snapshot the read that the plan was made on
 */
export function batchRequests(plan: Plan, snapshot: Snapshot): SheetRequest[] {
  const { location } = snapshot;
  const { sheetId, tab } = location;
  const intent = JSON.stringify(intentOf(plan));
  const targets = runs([plan.headerRow, ...plan.cells.map(({ row }) => row)]);
  const carbon = carbonRoom(plan, snapshot, targets, intentPieces(intent).length);
  const stamp = {
    number: plan.number,
    id: plan.id,
    sheetId,
    tab,
    grid: carbon.grid,
    checksum: intentChecksum(intent),
  };
  const { down, right } = secondCopy(carbon.grid);
  const copy = ({ start, end }: Run, lower: number, further: number): SheetRequest => {
    const width = snapshot.grid.columns;
    return {
      copyPaste: {
        source: area(sheetId, start, end, 0, width),
        destination: area(CARBON_SHEET_ID, start + lower, end + lower, further, further + width),
        pasteType: 'PASTE_FORMULA',
        pasteOrientation: 'NORMAL',
      },
    };
  };

  return [
    { updateSheetProperties: { properties: { sheetId, title: tab }, fields: 'title' } },
    ...carbon.requests,
    ...location.standing.map((number) => ({
      deleteNamedRange: { namedRangeId: namedRangeId(number) },
    })),
    {
      addNamedRange: {
        namedRange: {
          namedRangeId: namedRangeId(plan.number),
          name: `_materi_batch_${plan.number}`,
          range: area(CARBON_SHEET_ID, 0, 1, 0, 1),
        },
      },
    },
    {
      updateCells: {
        range: area(CARBON_SHEET_ID, 0, carbon.grid.rows, 0, carbon.grid.columns),
        fields: 'userEnteredValue',
      },
    },
    ...targets.map((run) => copy(run, 0, 0)),
    ...targets.map((run) => copy(run, down, right)),
    write(
      CARBON_SHEET_ID,
      0,
      labelColumn(carbon.grid),
      [labelText(stamp, snapshot.carbon?.label ?? null), ...intentPieces(intent)].map((text) => [
        text,
      ]),
    ),
    ...columnRequests(plan, snapshot),
    ...rectangles(plan.cells).map(({ row, column, cells }) =>
      write(
        sheetId,
        row,
        column,
        cells.map((line) => line.map(({ value }) => value)),
        cells.map((line) => line.map(({ restores, isText }) => restores && isText !== true)),
      ),
    ),
    ...rowRequests(plan, sheetId),
  ];
}

/** Makes the carbon copy, or makes it large enough. */
function carbonRoom(
  plan: Plan,
  snapshot: Snapshot,
  targets: readonly Run[],
  pieces: number,
): { grid: Carbon['grid']; requests: SheetRequest[] } {
  const { carbon, location } = snapshot;
  const depth = Math.max(1 + pieces, ...targets.map(({ end }) => end + 1));
  const catalog = Math.max(snapshot.grid.columns, ...plan.columns.map(({ column }) => column + 1));
  const had = carbon?.grid ?? { rows: 0, columns: 0 };
  const rows = had.rows >= depth ? had.rows : depth + SPARE_ROWS;
  const columns = Math.max(had.columns, columnsNeeded(catalog));
  const grid = { rows, columns };
  if (!location.hasCarbon) {
    const properties = {
      sheetId: CARBON_SHEET_ID,
      title: CARBON_TAB,
      hidden: true,
      gridProperties: { rowCount: rows, columnCount: columns },
    };
    return { grid, requests: [{ addSheet: { properties } }] };
  }
  const requests: SheetRequest[] = [];
  if (rows > had.rows) requests.push(insert(CARBON_SHEET_ID, 'ROWS', had.rows, rows));
  if (columns > had.columns) {
    requests.push(insert(CARBON_SHEET_ID, 'COLUMNS', had.columns, columns));
  }
  return { grid, requests };
}

function columnRequests(plan: Plan, { grid, location }: Snapshot): SheetRequest[] {
  const first = plan.columns[0];
  if (first === undefined) return [];
  const end = first.column + plan.columns.length;
  const headers = plan.columns.map(({ header }) => header);
  return [
    ...(end > grid.columns ? [insert(location.sheetId, 'COLUMNS', grid.columns, end)] : []),
    write(location.sheetId, plan.headerRow, first.column, [headers]),
  ];
}

function rowRequests(plan: Plan, sheetId: number): SheetRequest[] {
  if (plan.rows.length === 0) return [];
  const width = Math.max(...plan.rows.flatMap(({ cells }) => cells.map((c) => c.column))) + 1;
  const lines = plan.rows.map(({ cells }) => {
    const line: string[] = new Array<string>(width).fill('');
    for (const { column, value } of cells) line[column] = value;
    return line;
  });
  return [
    insert(sheetId, 'ROWS', plan.insertAt, plan.insertAt + lines.length),
    write(sheetId, plan.insertAt, 0, lines),
  ];
}

/** Inserts rows or columns; at a grid's very end Google allows it only if it inherits from before. */
function insert(
  sheetId: number,
  dimension: 'ROWS' | 'COLUMNS',
  startIndex: number,
  endIndex: number,
): SheetRequest {
  const range = { sheetId, dimension, startIndex, endIndex };
  return { insertDimension: { range, inheritFromBefore: true } };
}

/** Writes text as text, whatever it begins with; only what is put back may be a formula. */
function write(
  sheetId: number,
  row: number,
  column: number,
  lines: readonly (readonly CellValue[])[],
  restores: readonly (readonly boolean[])[] = [],
): SheetRequest {
  const width = Math.max(...lines.map((line) => line.length));
  return {
    updateCells: {
      range: area(sheetId, row, row + lines.length, column, column + width),
      rows: lines.map((line, i) => ({
        values: line.map((value, j) => cellData(value, restores[i]?.[j] === true)),
      })),
      fields: 'userEnteredValue',
    },
  };
}

function cellData(value: CellValue, restores: boolean) {
  if (value === '') return {};
  if (typeof value === 'number') return { userEnteredValue: { numberValue: value } };
  if (typeof value === 'boolean') return { userEnteredValue: { boolValue: value } };
  return restores && value.startsWith('=')
    ? { userEnteredValue: { formulaValue: value } }
    : { userEnteredValue: { stringValue: value } };
}

function area(sheetId: number, top: number, bottom: number, left: number, right: number) {
  return {
    sheetId,
    startRowIndex: top,
    endRowIndex: bottom,
    startColumnIndex: left,
    endColumnIndex: right,
  };
}

interface Run {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** The numbers as runs without gaps, in order. */
function runs(numbers: readonly number[]): Run[] {
  const found: { start: number; end: number }[] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && last.end === number) last.end = number + 1;
    else found.push({ start: number, end: number + 1 });
  }
  return found;
}

interface Rectangle {
  readonly row: number;
  readonly column: number;
  readonly cells: PlannedCell[][];
}

/** Joins cells into rectangles, so that a column of ids is one request and not one for each row. */
function rectangles(cells: readonly PlannedCell[]): Rectangle[] {
  const lines: Rectangle[] = [];
  for (const cell of [...cells].sort((a, b) => a.row - b.row || a.column - b.column)) {
    const line = lines.at(-1);
    const run = line?.cells[0];
    if (line?.row === cell.row && run !== undefined && line.column + run.length === cell.column) {
      run.push(cell);
    } else lines.push({ row: cell.row, column: cell.column, cells: [[cell]] });
  }
  const joined = new Map<string, Rectangle>();
  for (const line of lines) {
    const shape = `${line.column}+${line.cells[0]?.length ?? 0}`;
    const above = joined.get(`${line.row}:${shape}`);
    joined.delete(`${line.row}:${shape}`);
    const rectangle = above ?? line;
    if (above !== undefined) above.cells.push(...line.cells);
    joined.set(`${line.row + 1}:${shape}`, rectangle);
  }
  return [...joined.values()];
}
