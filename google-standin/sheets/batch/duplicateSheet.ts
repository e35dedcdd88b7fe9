import type { Draft } from '../draft/draft.ts';
import { tabByTitle } from '../model/spreadsheet.ts';
import { applyAddSheet } from './addSheet.ts';
import type { DuplicateSheet } from './messages.ts';

type DraftTab = ReturnType<Draft['tab']>;

/** Copies a tab with its cells and its look; without a name it is `Copy of …`. */
export function applyDuplicateSheet(draft: Draft, request: DuplicateSheet): object {
  const source = draft.tab(request.sourceSheetId, 'sheet');
  const { rowCount, columnCount, frozenRowCount, look } = source;
  const title = request.newSheetName ?? freeCopyTitle(draft, source.title);
  const { tabColor, rightToLeft, ...grid } = look ?? {};
  const { addSheet } = applyAddSheet(draft, {
    properties: {
      title,
      ...(request.newSheetId === undefined ? {} : { sheetId: request.newSheetId }),
      index: request.insertSheetIndex,
      gridProperties: { rowCount, columnCount, frozenRowCount, ...grid },
      tabColor,
      rightToLeft,
    },
  });
  const copy = tabByTitle(draft, title);
  if (copy) {
    const tab = draft.tab(copy.sheetId);
    tab.rows = [...source.rows];
    copyShape(source, tab);
  }
  return { duplicateSheet: addSheet };
}

function freeCopyTitle(draft: Draft, title: string): string {
  let candidate = `Copy of ${title}`;
  for (let number = 2; tabByTitle(draft, candidate); number++) {
    candidate = `Copy of ${title} ${number}`;
  }
  return candidate;
}

/** Hidden lines, groups, merges and the filter are copied too; filter views and slicers are not. */
function copyShape(source: DraftTab, copy: DraftTab): void {
  const { rowLines, columnLines, merges, basicFilter } = source;
  copy.rowLines = rowLines;
  copy.columnLines = columnLines;
  if (merges) copy.merges = merges;
  if (basicFilter) {
    copy.basicFilter = { ...basicFilter, range: { ...basicFilter.range, sheetId: copy.sheetId } };
  }
}
