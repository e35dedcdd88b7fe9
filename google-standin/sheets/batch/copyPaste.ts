import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, mergedText, type Draft } from '../draft/draft.ts';
import { Calculation } from '../formula/calculation.ts';
import { copyFormula } from '../formula/shift.ts';
import { CellError, type Scalar } from '../formula/values.ts';
import { linesOf } from '../model/lines.ts';
import { isWithin, overlaps } from '../model/merges.ts';
import type { Cell, ExtendedValue, Merge, Tab } from '../model/spreadsheet.ts';
import type { Rectangle } from '../model/range.ts';
import { boundedRange, isEmpty } from './gridRange.ts';
import type { CopyPaste } from './messages.ts';

const pasteTypes = [
  'PASTE_NORMAL',
  'PASTE_VALUES',
  'PASTE_FORMULA',
  'PASTE_FORMAT',
  'PASTE_NO_BORDERS',
];

/**
 * Copies a range, also to another tab. A destination that is a multiple of the source is filled by
 * repeating it; into a smaller one the whole source is copied, beyond its end (Google's reference).
 * Whether hidden rows of the source are copied is unknown: where they are skipped, the other rows
 * move up.
 */
export function applyCopyPaste(draft: Draft, request: CopyPaste): object {
  if (!pasteTypes.includes(request.pasteType))
    throw notImplemented(`copyPaste ${request.pasteType}`);
  if (request.pasteOrientation !== 'NORMAL') throw notImplemented('copyPaste TRANSPOSE');
  if (!request.source || !request.destination) {
    throw new InvalidChange('Both source and destination must be specified.');
  }
  const beyond = draft.unknowns.rangeBeyondGrid;
  const source = boundedRange(draft, request.source, 'source', beyond);
  const destination = boundedRange(draft, request.destination, 'destination', beyond);
  if (isEmpty(source) || isEmpty(destination)) return {};
  const sourceRows = copiedRows(draft, source);
  if (sourceRows.length === 0) return {};
  const area = pastedArea(destination, {
    height: sourceRows.length,
    width: source.endColumn - source.startColumn,
  });
  const target = beyond === 'clipped' ? withinGrid(destination.tab, area) : area;
  refuseBeyondGrid(destination.tab, target);
  const cells = readCells(draft, source, sourceRows, request.pasteType === 'PASTE_VALUES');
  const merges = mergesToPaste(draft, { source, sourceRows, request }, destination, area);
  const keepsBlank =
    request.pasteType === 'PASTE_FORMULA' && draft.unknowns.pasteOfBlankCells === 'keep';
  for (let row = target.startRow; row < target.endRow; row++) {
    for (let column = target.startColumn; column < target.endColumn; column++) {
      const r = (row - target.startRow) % cells.length;
      const c = (column - target.startColumn) % (source.endColumn - source.startColumn);
      const copied = cells[r]?.[c] ?? { cell: null, value: null };
      if (keepsBlank && !copied.cell?.userEnteredValue) continue;
      const rows = row - (sourceRows[r] ?? source.startRow);
      const move = { rows, columns: column - source.startColumn - c };
      const existing = draft.cell(destination.tab, row, column);
      const cell = pasted(request.pasteType, copied, existing, move);
      draft.setCell(destination.tab, row, column, cell);
    }
  }
  if (merges) draft.setMerges(destination.tab, merges);
  return {};
}

type Source = ReturnType<typeof boundedRange>;

/** The rows of a source that are copied. */
function copiedRows(draft: Draft, { tab, startRow, endRow }: Source): number[] {
  const { copyOfFilteredRows, copyOfHiddenRows } = draft.unknowns;
  const lines = linesOf(tab, 'ROWS');
  const rows = Array.from({ length: endRow - startRow }, (_, down) => startRow + down);
  return rows.filter((row) => {
    const line = lines[row];
    if (line?.hiddenByFilter && copyOfFilteredRows === 'skipped') return false;
    return !(line?.hiddenByUser && copyOfHiddenRows === 'skipped');
  });
}

/** Where a source of this size is pasted to. */
function pastedArea(destination: Source, { height, width }: { height: number; width: number }) {
  const { startRow, endRow, startColumn, endColumn } = destination;
  return {
    startRow,
    endRow: startRow + repeats(endRow - startRow, height) * height,
    startColumn,
    endColumn: startColumn + repeats(endColumn - startColumn, width) * width,
  };
}

function refuseBeyondGrid(tab: Tab, { startRow, endRow, startColumn, endColumn }: Rectangle): void {
  if (endRow <= tab.rowCount && endColumn <= tab.columnCount) return;
  throw new InvalidChange(
    `The destination range (rows ${startRow}-${endRow}, columns ${startColumn}-${endColumn}) exceeds grid limits. Max rows: ${tab.rowCount}, max columns: ${tab.columnCount}`,
  );
}

/** All cells are read before the first is written: source and destination may overlap. */
function readCells(draft: Draft, source: Source, rows: readonly number[], withValues: boolean) {
  const calculation = new Calculation(draft.snapshot());
  return rows.map((row) =>
    Array.from({ length: source.endColumn - source.startColumn }, (_, right) => {
      const column = source.startColumn + right;
      const cell = draft.cell(source.tab, row, column);
      return { cell, value: withValues ? calculation.valueAt(source.tab, row, column) : null };
    }),
  );
}

interface Copied {
  readonly source: Source;
  readonly sourceRows: readonly number[];
  readonly request: CopyPaste;
}

/**
 * The destination's merges after PASTE_NORMAL, which pastes merges too (Google's PasteType). Other
 * types leave them.
 *
 * @throws InvalidChange when the paste would cut a merge of the destination
 * @throws GoogleError 501 for merges in a source with skipped rows, or that is repeated
 */
function mergesToPaste(
  draft: Draft,
  { source, sourceRows, request }: Copied,
  destination: Source,
  area: Rectangle,
): readonly Merge[] | null {
  if (request.pasteType !== 'PASTE_NORMAL' && request.pasteType !== 'PASTE_NO_BORDERS') return null;
  const copied = (source.tab.merges ?? []).filter((merge) => isWithin(merge, source));
  const existing = destination.tab.merges ?? [];
  if (copied.length === 0 && existing.length === 0) return null;
  if (existing.some((merge) => overlaps(merge, area) && !isWithin(merge, area))) {
    throw new InvalidChange(mergedText);
  }
  const down = area.startRow - source.startRow;
  const right = area.startColumn - source.startColumn;
  const repeated =
    area.endRow - area.startRow > sourceRows.length ||
    area.endColumn - area.startColumn > source.endColumn - source.startColumn;
  const skipped = sourceRows.length < source.endRow - source.startRow;
  if (copied.length > 0 && (repeated || skipped)) {
    throw notImplemented('copyPaste of merged cells that are repeated or partly hidden');
  }
  const kept = existing.filter((merge) => !overlaps(merge, area));
  draft.setMerges(destination.tab, kept);
  const pastedMerges = copied.map(({ startRow, endRow, startColumn, endColumn }) => ({
    startRow: startRow + down,
    endRow: endRow + down,
    startColumn: startColumn + right,
    endColumn: endColumn + right,
  }));
  return [...kept, ...pastedMerges];
}

function withinGrid({ rowCount, columnCount }: Tab, area: Rectangle): Rectangle {
  return {
    ...area,
    endRow: Math.min(area.endRow, rowCount),
    endColumn: Math.min(area.endColumn, columnCount),
  };
}

function repeats(destination: number, source: number): number {
  return destination % source === 0 ? destination / source : 1;
}

function pasted(
  pasteType: string,
  { cell, value }: { cell: Cell | null; value: Scalar },
  existing: Cell | null,
  move: { rows: number; columns: number },
): Cell | null {
  const entered = cell?.userEnteredValue;
  const formula =
    entered && 'formulaValue' in entered
      ? { formulaValue: copyFormula(entered.formulaValue, move.rows, move.columns) }
      : entered;
  switch (pasteType) {
    case 'PASTE_VALUES':
      return cellOf(constant(value), existing?.userEnteredFormat);
    case 'PASTE_FORMULA':
      return cellOf(formula, existing?.userEnteredFormat);
    case 'PASTE_FORMAT':
      return cellOf(existing?.userEnteredValue, cell?.userEnteredFormat);
    default:
      return cellOf(formula, cell?.userEnteredFormat);
  }
}

function cellOf(value: ExtendedValue | undefined, format: Cell['userEnteredFormat']): Cell | null {
  if (!value && !format) return null;
  return {
    ...(value ? { userEnteredValue: value } : {}),
    ...(format ? { userEnteredFormat: format } : {}),
  };
}

/** A value without its formula. An error is kept as an error: `=#REF!` shows `#REF!`. */
function constant(value: Scalar): ExtendedValue | undefined {
  if (value === null || value === '') return undefined;
  if (value instanceof CellError) return { formulaValue: `=${value.code}` };
  if (typeof value === 'string') return { stringValue: value };
  return typeof value === 'number' ? { numberValue: value } : { boolValue: value };
}
