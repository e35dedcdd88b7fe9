import { InvalidChange, type Draft } from '../draft/draft.ts';
import {
  changeLines,
  groupsOf,
  linesOf,
  setLines,
  type Dimension,
  type LineProperties,
} from '../model/lines.ts';
import type { Tab } from '../model/spreadsheet.ts';
import { groupResource } from '../model/shapeResources.ts';
import { dimensionBounds } from './insertDimension.ts';
import { requestedPaths } from './mask.ts';
import type {
  AddDimensionGroup,
  DeleteDimensionGroup,
  UpdateDimensionGroup,
} from './shapeMessages.ts';

/** The limit of Google's editor. */
const deepest = 8;

/** Puts rows or columns into one group more. Answers all groups of the dimension. */
export function applyAddDimensionGroup(draft: Draft, { range }: AddDimensionGroup): object {
  const { tab, dimension, start, end, size } = dimensionBounds(draft, range);
  const isFirst = groupsOf(linesOf(tab, dimension)).length === 0;
  const span = { start, end: Math.min(end, size) };
  const lines = changeLines(linesOf(tab, dimension), span, (line) => ({
    ...line,
    depth: (line.depth ?? 0) + 1,
  }));
  if (lines.some((line) => (line?.depth ?? 0) > deepest)) {
    throw new InvalidChange(`Cannot create a group deeper than ${deepest} levels.`);
  }
  setLines(tab, dimension, lines);
  if (isFirst) {
    // Google sets it with the first group (gspread's WorksheetTest.test_group_rows).
    const name = dimension === 'ROWS' ? 'rowGroupControlAfter' : 'columnGroupControlAfter';
    tab.look = { ...tab.look, [name]: true };
  }
  return { addDimensionGroup: groupsAnswer(tab, dimension) };
}

/** Takes rows or columns out of their deepest group. Answers the groups that are left. */
export function applyDeleteDimensionGroup(draft: Draft, { range }: DeleteDimensionGroup): object {
  const { tab, dimension, start, end, size } = dimensionBounds(draft, range);
  const span = { start, end: Math.min(end, size) };
  const before = linesOf(tab, dimension);
  if (!before.slice(start, span.end).some((line) => line?.depth)) {
    throw new InvalidChange(`There is no group over ${dimension} ${start} to ${span.end}.`);
  }
  setLines(tab, dimension, changeLines(before, span, withoutDeepest));
  return { deleteDimensionGroup: groupsAnswer(tab, dimension) };
}

function withoutDeepest(line: LineProperties): LineProperties {
  const { depth = 0, collapsed = [] } = line;
  return {
    ...line,
    depth: Math.max(0, depth - 1),
    collapsed: collapsed.filter((one) => one !== depth),
  };
}

/** Collapses or expands a group: all its lines are then hidden or shown (Google's DimensionGroup). */
export function applyUpdateDimensionGroup(
  draft: Draft,
  { dimensionGroup, fields }: UpdateDimensionGroup,
): object {
  const { depth, collapsed } = dimensionGroup;
  const { tab, dimension, start, end } = dimensionBounds(draft, dimensionGroup.range);
  requestedPaths(fields, 'DimensionGroup');
  const exists = groupsOf(linesOf(tab, dimension)).some(
    (group) => group.start === start && group.end === end && group.depth === depth,
  );
  if (!exists) {
    throw new InvalidChange(
      `There is no group of depth ${depth} over ${dimension} ${start} to ${end}.`,
    );
  }
  const lines = changeLines(linesOf(tab, dimension), { start, end }, (line) => {
    const others = (line.collapsed ?? []).filter((one) => one !== depth);
    return {
      ...line,
      hiddenByUser: collapsed,
      collapsed: collapsed ? [...others, depth] : others,
    };
  });
  setLines(tab, dimension, lines);
  return {};
}

function groupsAnswer(tab: Tab, dimension: Dimension): object {
  const groups = groupsOf(linesOf(tab, dimension));
  return groups.length === 0
    ? {}
    : { dimensionGroups: groups.map((group) => groupResource(tab, dimension, group)) };
}
