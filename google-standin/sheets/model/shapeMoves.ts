import { hasSeveralCells } from './merges.ts';
import type { BasicFilter, FilterSpec, GridRange, Merge, Tab } from './spreadsheet.ts';
import { cellRange } from './protection.ts';
import type { Rectangle } from './range.ts';

type Place = (range: GridRange) => GridRange | null;
type Shaped = Pick<Tab, 'sheetId'> & {
  -readonly [K in 'merges' | 'basicFilter' | 'filterViews' | 'slicers']?: Tab[K];
};

/** Gives merges, filters and slicers their new places; `place` answers null when all of one is gone. */
export function relocateShape(tab: Shaped, place: Place): void {
  const { sheetId } = tab;
  if (tab.merges) {
    tab.merges = tab.merges.flatMap((merge): Merge[] => {
      const area = toRectangle(place({ sheetId, ...toIndexes(merge) }));
      if (!area || !hasSeveralCells(area)) return [];
      return [{ ...merge, ...area, ...relocatedUnseen(sheetId, merge, area, place) }];
    });
  }
  if (tab.basicFilter) {
    const placed = relocated(tab.basicFilter, place);
    if (placed) tab.basicFilter = placed;
    else delete tab.basicFilter;
  }
  if (tab.filterViews) {
    tab.filterViews = tab.filterViews.flatMap((view) => relocated(view, place) ?? []);
  }
  if (tab.slicers) {
    tab.slicers = tab.slicers.flatMap((slicer) => {
      const { dataRange } = slicer.spec;
      const range = dataRange?.sheetId === sheetId ? place(dataRange) : dataRange;
      return range === null ? [] : [{ ...slicer, spec: { ...slicer.spec, dataRange: range } }];
    });
  }
}

/** Unseen values go with their row and column, and are gone with them. */
function relocatedUnseen(
  sheetId: number,
  { startRow, startColumn, unseen }: Merge,
  area: Rectangle,
  place: Place,
): Pick<Merge, 'unseen'> {
  if (unseen === undefined) return {};
  const moved = unseen.flatMap(({ down, right, cell }) => {
    const at = toRectangle(place(cellRange(sheetId, startRow + down, startColumn + right)));
    return at === null
      ? []
      : [{ down: at.startRow - area.startRow, right: at.startColumn - area.startColumn, cell }];
  });
  return { unseen: moved };
}

function relocated<F extends BasicFilter>(filter: F, place: Place): F | null {
  const range = place(filter.range);
  if (!range) return null;
  const filterSpecs = filter.filterSpecs.flatMap((spec): FilterSpec[] => {
    const { columnIndex } = spec;
    const column = place({
      sheetId: range.sheetId,
      startColumnIndex: columnIndex,
      endColumnIndex: columnIndex + 1,
    });
    return column?.startColumnIndex === undefined
      ? []
      : [{ ...spec, columnIndex: column.startColumnIndex }];
  });
  return { ...filter, range, filterSpecs };
}

export function toIndexes({ startRow, endRow, startColumn, endColumn }: Rectangle) {
  return {
    startRowIndex: startRow,
    endRowIndex: endRow,
    startColumnIndex: startColumn,
    endColumnIndex: endColumn,
  };
}

function toRectangle(range: GridRange | null): Rectangle | null {
  if (!range) return null;
  return {
    startRow: range.startRowIndex ?? 0,
    endRow: range.endRowIndex ?? 0,
    startColumn: range.startColumnIndex ?? 0,
    endColumn: range.endColumnIndex ?? 0,
  };
}
