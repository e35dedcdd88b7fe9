import { CARBON_SHEET_ID, CARBON_TAB, labelText, namedRangeId } from './carbon.ts';
import type { CellValue } from './cell.ts';
import type { Plan, PlannedCell } from './plan.ts';
import type { Snapshot } from './snapshot.ts';
import type { SheetRequest } from './transport.ts';

/** Rows to spare when the carbon copy is made or grown, so that it does not grow with every batch. */
const SPARE_ROWS = 1000;

/**
 * A plan as the requests of one `spreadsheets.batchUpdate`, which Google applies in this order and
 * all together:
 *
 * 1. swap the named range of the last batch for this one's: if another writer was here since the
 *    read, or this very batch landed already, this fails and the whole batch with it;
 * 2. copy the header and every target row into the carbon copy, under this batch's label;
 * 3. write: columns, cells, and last the new rows, which move what is below them.
 *
 * @param snapshot the read that the plan was made on
 */
export function batchRequests(plan: Plan, snapshot: Snapshot): SheetRequest[] {
  const { location } = snapshot;
  const width = Math.max(snapshot.grid.columns, ...plan.columns.map(({ column }) => column + 1));
  const targets = runs([plan.headerRow, ...plan.cells.map(({ row }) => row)]);
  const depth = Math.max(...targets.map(({ end }) => end));
  const carbon = carbonRoom(snapshot, depth, width + 1);

  const copy = ({ start, end }: Run): SheetRequest => ({
    copyPaste: {
      source: area(location.sheetId, start, end, 0, snapshot.grid.columns),
      destination: area(CARBON_SHEET_ID, start, end, 0, snapshot.grid.columns),
      pasteType: 'PASTE_FORMULA',
      pasteOrientation: 'NORMAL',
    },
  });

  return [
    ...carbon.requests,
    ...snapshot.standing.map((number) => ({
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
        range: area(CARBON_SHEET_ID, 0, carbon.rows, 0, carbon.columns),
        fields: 'userEnteredValue',
      },
    },
    ...targets.map(copy),
    write(CARBON_SHEET_ID, 0, carbon.columns - 1, [
      [labelText({ number: plan.number, id: plan.id }, snapshot.carbon?.label ?? null)],
    ]),
    ...columnRequests(plan, snapshot),
    ...rectangles(plan.cells).map(({ row, column, cells }) =>
      write(
        location.sheetId,
        row,
        column,
        cells.map((line) => line.map(({ value }) => value)),
        cells.map((line) => line.map(({ restores }) => restores)),
      ),
    ),
    ...rowRequests(plan, location.sheetId),
  ];
}

/** Makes the carbon copy, or makes it large enough; its last column is the label's. */
function carbonRoom(
  { carbon, location }: Snapshot,
  depth: number,
  width: number,
): { rows: number; columns: number; requests: SheetRequest[] } {
  const grid = carbon?.grid ?? { rows: 0, columns: 0 };
  const rows = grid.rows >= depth ? grid.rows : depth + SPARE_ROWS;
  const columns = Math.max(grid.columns, width);
  if (!location.hasCarbon) {
    const properties = {
      sheetId: CARBON_SHEET_ID,
      title: CARBON_TAB,
      hidden: true,
      gridProperties: { rowCount: rows, columnCount: columns },
    };
    return { rows, columns, requests: [{ addSheet: { properties } }] };
  }
  const requests: SheetRequest[] = [];
  if (rows > grid.rows) requests.push(insert(CARBON_SHEET_ID, 'ROWS', grid.rows, rows));
  if (columns > grid.columns) {
    requests.push(insert(CARBON_SHEET_ID, 'COLUMNS', grid.columns, columns));
  }
  return { rows, columns, requests };
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
