import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, type Draft } from '../draft/draft.ts';
import { linesOf } from '../model/lines.ts';
import {
  maxCellCharacters,
  type Cell,
  type CellFormat,
  type ExtendedValue,
} from '../model/spreadsheet.ts';
import type { CellData, UpdateCells } from './messages.ts';
import { boundedRange } from './gridRange.ts';
import { requestedPaths } from './mask.ts';

type Field = 'value' | 'format';

/**
 * Writes rows of cells from `start`, or into `range` (whose cells beyond the rows given are
 * cleared of what `fields` names). A stringValue stays text whatever it begins with.
 */
export function applyUpdateCells(draft: Draft, request: UpdateCells): object {
  const rows = request.rows ?? [];
  const cells = rows.flatMap((row) => row.values ?? []);
  const fields = parseFields(request.fields, cells);
  const { tab, ...area } = target(draft, request);
  const firstBeyond = {
    row: request.range?.endRowIndex ?? area.endRow,
    column: request.range?.endColumnIndex ?? area.endColumn,
  };
  const skips = (row: number) =>
    draft.unknowns.writeToFilteredRows === 'skipped' &&
    linesOf(tab, 'ROWS')[row]?.hiddenByFilter === true;
  rows.forEach((row, down) => {
    (row.values ?? []).forEach((data, right) => {
      const at = { row: area.startRow + down, column: area.startColumn + right };
      if (at.row >= firstBeyond.row) {
        throw new InvalidChange(
          `Attempting to write row: ${at.row}, beyond the last requested row of: ${firstBeyond.row - 1}`,
        );
      }
      if (at.column >= firstBeyond.column) {
        throw new InvalidChange(
          `Attempting to write column: ${at.column}, beyond the last requested column of: ${firstBeyond.column - 1}`,
        );
      }
      // A range that ends beyond the grid was clipped, or refused before.
      if (at.row >= tab.rowCount || at.column >= tab.columnCount || skips(at.row)) return;
      draft.setCell(
        tab,
        at.row,
        at.column,
        merge(draft.cell(tab, at.row, at.column), data, fields),
      );
    });
  });
  if (!request.range) return {};
  const cleared = (cell: Cell) => merge(cell, {}, fields);
  for (const [down, row] of rows.entries()) {
    const at = area.startRow + down;
    const startColumn = area.startColumn + (row.values?.length ?? 0);
    draft.changeWritten(
      tab,
      { ...area, startRow: at, endRow: at + 1, startColumn },
      cleared,
      skips,
    );
  }
  draft.changeWritten(tab, { ...area, startRow: area.startRow + rows.length }, cleared, skips);
  return {};
}

function target(draft: Draft, { start, range }: UpdateCells) {
  if (range) return boundedRange(draft, range, 'range', draft.unknowns.rangeBeyondGrid);
  if (!start) throw new InvalidChange('Must specify either start or range.');
  const tab = draft.tab(start.sheetId);
  if (start.rowIndex < 0 || start.columnIndex < 0) {
    throw new InvalidChange('GridCoordinate indexes must be >= 0');
  }
  if (start.rowIndex >= tab.rowCount) {
    throw new InvalidChange(
      `GridCoordinate.rowIndex[${start.rowIndex}] is after last row in grid[${tab.rowCount - 1}]`,
    );
  }
  if (start.columnIndex >= tab.columnCount) {
    throw new InvalidChange(
      `GridCoordinate.columnIndex[${start.columnIndex}] is after last column in grid[${tab.columnCount - 1}]`,
    );
  }
  return {
    tab,
    startRow: start.rowIndex,
    endRow: tab.rowCount,
    startColumn: start.columnIndex,
    endColumn: tab.columnCount,
  };
}

function parseFields(fields: string, cells: readonly CellData[]): ReadonlySet<Field> {
  const found = requestedPaths(fields, 'CellData').flatMap((path): Field[] => {
    switch (path) {
      case '*':
        refuseLacking(cells, ['userEnteredValue', 'userEnteredFormat', ...readOnly]);
        refuseLacking(formatsOf(cells), ['numberFormat']);
        return ['value', 'format'];
      case 'userEnteredValue':
        return ['value'];
      case 'userEnteredFormat':
        refuseLacking(formatsOf(cells), ['numberFormat']);
        return ['format'];
      case 'userEnteredFormat.numberFormat':
        return ['format'];
      default:
        throw notImplemented(`updateCells with the field ${path}`);
    }
  });
  return new Set(found);
}

/** A client may send these fields back; Google ignores them. */
const readOnly = ['effectiveValue', 'effectiveFormat', 'formattedValue', 'hyperlink'];

const formatsOf = (cells: readonly CellData[]): object[] =>
  cells.flatMap(({ userEnteredFormat }) => (userEnteredFormat ? [userEnteredFormat] : []));

function refuseLacking(given: readonly object[], implemented: readonly string[]): void {
  const names = given.flatMap((one) => Object.keys(one));
  const lacking = names.find((name) => !implemented.includes(name));
  if (lacking !== undefined) throw notImplemented(`updateCells with the field ${lacking}`);
}

function merge(existing: Cell | null, data: CellData, fields: ReadonlySet<Field>): Cell | null {
  const value = fields.has('value') ? enteredValue(data) : existing?.userEnteredValue;
  const format = fields.has('format') ? formatOf(data) : existing?.userEnteredFormat;
  const cell = {
    ...(value ? { userEnteredValue: value } : {}),
    ...(format ? { userEnteredFormat: format } : {}),
  };
  return value || format ? cell : null;
}

function formatOf({ userEnteredFormat }: CellData): CellFormat | undefined {
  const numberFormat = userEnteredFormat?.numberFormat;
  return numberFormat ? { numberFormat } : undefined;
}

/** An empty string leaves the cell empty, as Google has it. */
function enteredValue({ userEnteredValue: given }: CellData): ExtendedValue | undefined {
  if (!given) return undefined;
  if (Object.keys(given).length > 1) {
    throw new InvalidChange('Only one value may be set in userEnteredValue.');
  }
  if (given.numberValue !== undefined) return { numberValue: given.numberValue };
  if (given.boolValue !== undefined) return { boolValue: given.boolValue };
  const text = given.stringValue ?? given.formulaValue;
  if (text === undefined || text === '') return undefined;
  if (text.length > maxCellCharacters) {
    throw new InvalidChange(
      `Your input contains more than the maximum of ${maxCellCharacters} characters in a single cell.`,
    );
  }
  if (given.stringValue !== undefined) return { stringValue: text };
  return { formulaValue: text.startsWith('=') ? text : `=${text}` };
}
