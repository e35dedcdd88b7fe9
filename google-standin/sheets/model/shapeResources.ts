import { groupsOf, linesOf, type Dimension, type Group } from './lines.ts';
import type { BasicFilter, FilterView, GridRange, Slicer, Tab } from './spreadsheet.ts';
import { toIndexes } from './shapeMoves.ts';

/** Google leaves out the sheet's id when it is 0 (gspread's recorded replies). */
export function gridRangeResource({ sheetId, ...indexes }: GridRange): object {
  return { ...(sheetId === 0 ? {} : { sheetId }), ...indexes };
}

/** Merges, filters, groups and slicers of a tab, as far as it has any. */
export function shapeResource(tab: Tab): object {
  const { sheetId, merges = [], basicFilter, filterViews = [], slicers = [] } = tab;
  const rowGroups = groups(tab, 'ROWS');
  const columnGroups = groups(tab, 'COLUMNS');
  return {
    ...(merges.length > 0
      ? { merges: merges.map((merge) => gridRangeResource({ sheetId, ...toIndexes(merge) })) }
      : {}),
    ...(basicFilter ? { basicFilter: filterResource(basicFilter) } : {}),
    ...(filterViews.length > 0 ? { filterViews: filterViews.map(filterViewResource) } : {}),
    ...(rowGroups.length > 0 ? { rowGroups } : {}),
    ...(columnGroups.length > 0 ? { columnGroups } : {}),
    ...(slicers.length > 0 ? { slicers: slicers.map(slicerResource) } : {}),
  };
}

/** Google's reference: both forms of the criteria are answered. */
function filterResource({ range, filterSpecs }: BasicFilter): object {
  const criteria = filterSpecs.map(({ columnIndex, filterCriteria }) => [
    columnIndex,
    filterCriteria,
  ]);
  return {
    range: gridRangeResource(range),
    ...(filterSpecs.length > 0
      ? { criteria: Object.fromEntries(criteria) as object, filterSpecs }
      : {}),
  };
}

export function filterViewResource({ filterViewId, title, sortSpecs, ...filter }: FilterView) {
  return {
    filterViewId,
    title,
    ...filterResource(filter),
    ...(sortSpecs.length > 0 ? { sortSpecs } : {}),
  };
}

export function slicerResource({ slicerId, spec, position }: Slicer): object {
  const { dataRange, ...rest } = spec;
  return {
    slicerId,
    spec: { ...(dataRange ? { dataRange: gridRangeResource(dataRange) } : {}), ...rest },
    position,
  };
}

function groups(tab: Tab, dimension: Dimension): object[] {
  return groupsOf(linesOf(tab, dimension)).map((group) => groupResource(tab, dimension, group));
}

export function groupResource({ sheetId }: Tab, dimension: Dimension, group: Group): object {
  const { start, end, depth, collapsed } = group;
  return {
    range: {
      ...(sheetId === 0 ? {} : { sheetId }),
      dimension,
      startIndex: start,
      endIndex: end,
    },
    depth,
    ...(collapsed ? { collapsed } : {}),
  };
}
