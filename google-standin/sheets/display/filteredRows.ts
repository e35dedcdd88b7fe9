import { showsRow } from './filters.ts';
import { Calculation } from '../formula/calculation.ts';
import { changeLines, linesOf, setLines, type LineProperties } from '../model/lines.ts';
import type { Spreadsheet, Tab } from '../model/spreadsheet.ts';

type Filtered = Tab & { rowLines?: Tab['rowLines'] };

/** Hides the rows that a tab's filter does not show, and no others. Without a filter all show. */
export function applyFilter(spreadsheet: Spreadsheet, tab: Filtered): void {
  const whole = { start: 0, end: linesOf(tab, 'ROWS').length };
  const shown = changeLines(linesOf(tab, 'ROWS'), whole, (line) => ({
    ...line,
    hiddenByFilter: false,
  }));
  setLines(tab, 'ROWS', shown);
  if (tab.basicFilter) hideRows(spreadsheet, tab, () => true);
}

/** Hides the rows that a batch inserted into a filtered range, if the filter does not show them. */
export function filterNewRows(spreadsheet: Spreadsheet, tab: Filtered): void {
  const lines = linesOf(tab, 'ROWS');
  if (!lines.some((line) => line?.isNew)) return;
  if (tab.basicFilter) hideRows(spreadsheet, tab, (line) => line.isNew === true);
  const settled = changeLines(linesOf(tab, 'ROWS'), { start: 0, end: lines.length }, (line) => ({
    ...line,
    isNew: false,
  }));
  setLines(tab, 'ROWS', settled);
}

function hideRows(
  spreadsheet: Spreadsheet,
  tab: Filtered,
  concerns: (line: LineProperties) => boolean,
): void {
  const { basicFilter } = tab;
  if (!basicFilter) return;
  const calculation = new Calculation(spreadsheet);
  const start = (basicFilter.range.startRowIndex ?? 0) + 1;
  const end = Math.min(basicFilter.range.endRowIndex ?? tab.rowCount, tab.rowCount);
  const lines = changeLines(linesOf(tab, 'ROWS'), { start, end }, (line, row) =>
    concerns(line)
      ? { ...line, hiddenByFilter: !showsRow(basicFilter, tab, row, calculation) }
      : line,
  );
  setLines(tab, 'ROWS', lines);
}
