import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, type Draft } from '../draft/draft.ts';
import { applyFilter } from '../display/filteredRows.ts';
import { refuseOtherCondition } from '../display/filters.ts';
import { overlaps } from '../model/merges.ts';
import type { BasicFilter, FilterSpec } from '../model/spreadsheet.ts';
import { filterViewResource } from '../model/shapeResources.ts';
import { toIndexes } from '../model/shapeMoves.ts';
import { boundedRange } from './gridRange.ts';
import type {
  AddFilterView,
  ClearBasicFilter,
  DeleteFilterView,
  RequestedFilter,
  SetBasicFilter,
} from './filterMessages.ts';

/** Sets a tab's filter in place of the one it had, and hides rows by what their cells show now. */
export function applySetBasicFilter(draft: Draft, { filter }: SetBasicFilter): object {
  if (!filter) throw new InvalidChange('No filter specified.');
  if (filter.sortSpecs?.length) throw notImplemented('setBasicFilter with sortSpecs');
  const { tab, ...basicFilter } = filterOf(draft, filter);
  tab.basicFilter = basicFilter;
  applyFilter(draft.snapshot(), tab);
  return {};
}

/** Takes a tab's filter away; a tab without one is left as it is (gspread's test_basic_filters). */
export function applyClearBasicFilter(draft: Draft, { sheetId }: ClearBasicFilter): object {
  const tab = draft.tab(sheetId);
  delete tab.basicFilter;
  applyFilter(draft.snapshot(), tab);
  return {};
}

/** Adds a filter view under the caller's id, or one of ours. Views hide nothing from the API. */
export function applyAddFilterView(draft: Draft, { filter }: AddFilterView): object {
  if (!filter) throw new InvalidChange('No filter specified.');
  const ids = draft.tabs.flatMap((tab) => tab.filterViews ?? []).map((view) => view.filterViewId);
  const filterViewId = filter.filterViewId ?? draft.generateId();
  if (ids.includes(filterViewId)) {
    throw new InvalidChange(`A filter view with id ${filterViewId} already exists.`);
  }
  const { tab, ...rest } = filterOf(draft, filter);
  const views = tab.filterViews ?? [];
  const title = filter.title ?? `Filter ${views.length + 1}`;
  const view = { ...rest, filterViewId, title, sortSpecs: filter.sortSpecs ?? [] };
  tab.filterViews = [...views, view];
  return { addFilterView: { filter: filterViewResource(view) } };
}

export function applyDeleteFilterView(draft: Draft, { filterId }: DeleteFilterView): object {
  const tab = draft.tabs.find((one) =>
    one.filterViews?.some(({ filterViewId }) => filterViewId === filterId),
  );
  if (!tab) throw new InvalidChange(`No filter view with id: ${filterId}`);
  tab.filterViews = tab.filterViews?.filter(({ filterViewId }) => filterViewId !== filterId) ?? [];
  return {};
}

/** Google answers the range with its ends, also where the request leaves them open (recorded). */
function filterOf(draft: Draft, filter: RequestedFilter) {
  if (!filter.range) throw new InvalidChange('No range specified.');
  const { tab, ...area } = boundedRange(draft, filter.range, 'range', 'clipped');
  const tall = (tab.merges ?? []).some(
    (merge) => merge.endRow - merge.startRow > 1 && overlaps(merge, area),
  );
  if (tall) {
    throw new InvalidChange("You can't create a filter over a range containing vertical merges.");
  }
  const filterSpecs = filter.filterSpecs ?? specsOf(filter.criteria ?? {});
  for (const { columnIndex, filterCriteria } of filterSpecs) {
    if (columnIndex < area.startColumn || columnIndex >= area.endColumn) {
      throw new InvalidChange(`The column ${columnIndex} is not in the range of the filter.`);
    }
    if (filterCriteria.condition) refuseOtherCondition(filterCriteria.condition);
  }
  const basicFilter: BasicFilter = {
    range: { sheetId: tab.sheetId, ...toIndexes(area) },
    filterSpecs,
  };
  return { tab, ...basicFilter };
}

/** `criteria` is the older form of `filterSpecs`, by the index of the column. */
function specsOf(criteria: NonNullable<RequestedFilter['criteria']>): FilterSpec[] {
  return Object.entries(criteria).map(([column, filterCriteria]) => ({
    columnIndex: Number(column),
    filterCriteria,
  }));
}
