import type { Draft } from '../draft.ts';
import { tabByTitle } from '../model.ts';
import { applyAddSheet } from './addSheet.ts';
import type { DuplicateSheet } from './messages.ts';

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
  source.rows.forEach((cells, row) => {
    cells.forEach((cell, column) => {
      if (copy) draft.setCell(draft.tab(copy.sheetId), row, column, cell);
    });
  });
  return { duplicateSheet: addSheet };
}

function freeCopyTitle(draft: Draft, title: string): string {
  let candidate = `Copy of ${title}`;
  for (let number = 2; tabByTitle(draft, candidate); number++) {
    candidate = `Copy of ${title} ${number}`;
  }
  return candidate;
}
