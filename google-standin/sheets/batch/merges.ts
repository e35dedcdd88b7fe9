import { InvalidChange, mergedText, type Draft } from '../draft/draft.ts';
import { isWithin, mergedAreas, overlaps } from '../model/merges.ts';
import type { Tab } from '../model/spreadsheet.ts';
import type { Rectangle } from '../model/range.ts';
import { toIndexes } from '../model/shapeMoves.ts';
import { boundedRange, type RequestRange } from './gridRange.ts';
import type { MergeCells, UnmergeCells } from './shapeMessages.ts';

/**
 * Merges cells. The first cell of each area keeps its value and the others are emptied, as Google's
 * editor says. Merges that lie in the range are replaced (gspread's CellTest.test_merge_cells).
 */
export function applyMergeCells(draft: Draft, { range, mergeType }: MergeCells): object {
  const { tab, area } = mergeRange(draft, range);
  const kept = (tab.merges ?? []).filter((merge) => !isWithin(merge, area));
  const areas = mergedAreas(area, mergeType);
  draft.setMerges(tab, kept);
  for (const merge of areas) {
    for (const covered of coveredParts(merge)) {
      draft.changeWritten(tab, covered, ({ userEnteredFormat }) =>
        userEnteredFormat ? { userEnteredFormat } : null,
      );
    }
  }
  draft.setMerges(tab, [...kept, ...areas]);
  return {};
}

/** Unmerges all merges of a range; it must hold each of them as a whole (Google's reference). */
export function applyUnmergeCells(draft: Draft, { range }: UnmergeCells): object {
  const { tab, area } = mergeRange(draft, range);
  const ended = (tab.merges ?? []).filter((merge) => isWithin(merge, area));
  draft.setMerges(
    tab,
    (tab.merges ?? []).filter((merge) => !isWithin(merge, area)),
  );
  for (const { startRow, startColumn, unseen = [] } of ended) {
    for (const { down, right, cell } of unseen) {
      draft.setCell(tab, startRow + down, startColumn + right, cell);
    }
  }
  return {};
}

/** @throws InvalidChange when the range holds a part of a merge only */
function mergeRange(draft: Draft, range: RequestRange | undefined) {
  if (!range) throw new InvalidChange('No range specified.');
  const { tab, ...area } = boundedRange(draft, range, 'range');
  refuseCut(tab, area);
  draft.requireEditable(tab, { sheetId: tab.sheetId, ...toIndexes(area) });
  return { tab, area };
}

function refuseCut({ merges = [] }: Tab, area: Rectangle): void {
  if (merges.some((merge) => overlaps(merge, area) && !isWithin(merge, area))) {
    throw new InvalidChange(mergedText);
  }
}

/** A merge without its first cell: the rest of its first row, and the rows below. */
function coveredParts(merge: Rectangle): Rectangle[] {
  return [
    { ...merge, endRow: merge.startRow + 1, startColumn: merge.startColumn + 1 },
    { ...merge, startRow: merge.startRow + 1 },
  ];
}
