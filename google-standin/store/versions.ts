import type { NamedRange, Spreadsheet } from '../sheets/model/spreadsheet.ts';
import { unknownsOf } from '../sheets/model/unknowns.ts';

/** The page shows no more, and a test needs no more. */
const keptVersions = 50;

/** The earlier versions of one spreadsheet, the oldest first, with one more; the oldest go. */
export function withVersion(
  versions: readonly Spreadsheet[],
  spreadsheet: Spreadsheet,
): readonly Spreadsheet[] {
  return [...versions.slice(1 - keptVersions), spreadsheet];
}

/**
 * The state after a person restores an earlier version. It is a new version with the tabs of the
 * earlier one. Whether its named ranges come back too is unknown: a switch says so.
 */
export function restored(current: Spreadsheet, earlier: Spreadsheet, at: string): Spreadsheet {
  const own = unknownsOf(current).namedRangesOfRestoredVersion === 'restored';
  return {
    ...current,
    version: current.version + 1,
    modifiedTime: at,
    tabs: earlier.tabs,
    namedRanges: own
      ? earlier.namedRanges
      : current.namedRanges.map((named) => withinTabs(named, earlier)),
  };
}

/** A named range of a tab that the restored version does not have has no cells. */
function withinTabs(named: NamedRange, { tabs }: Spreadsheet): NamedRange {
  const exists = tabs.some(({ sheetId }) => sheetId === named.range?.sheetId);
  return exists ? named : { ...named, range: null };
}
