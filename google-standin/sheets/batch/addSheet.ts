import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, type Draft } from '../draft/draft.ts';
import { defaultGrid, tabByTitle } from '../model/spreadsheet.ts';
import { tabProperties } from '../model/properties.ts';
import { lookOf, refuseAllFrozen } from './look.ts';
import type { AddSheet } from './messages.ts';
import { requireTitle } from './title.ts';

/** Adds a tab; an id or name that exists is refused. Answers its properties. */
export function applyAddSheet(draft: Draft, { properties }: AddSheet) {
  const { sheetId, title, index, hidden = false, gridProperties, sheetType } = properties;
  if (sheetType !== undefined && sheetType !== 'GRID') {
    throw notImplemented(`addSheet with the sheetType ${sheetType}`);
  }
  if (sheetId !== undefined && draft.tabs.some((tab) => tab.sheetId === sheetId)) {
    throw new InvalidChange(`Sheet with id ${sheetId} already exists. Please enter another id.`);
  }
  if (sheetId !== undefined && sheetId < 0) {
    throw new InvalidChange('Sheet ids cannot be negative.');
  }
  if (title !== undefined && tabByTitle(draft, requireTitle(title))) {
    throw new InvalidChange(
      `A sheet with the name "${title}" already exists. Please enter another name.`,
    );
  }
  const rowCount = gridProperties?.rowCount ?? defaultGrid.rowCount;
  const columnCount = gridProperties?.columnCount ?? defaultGrid.columnCount;
  const frozenRowCount = gridProperties?.frozenRowCount ?? 0;
  if (rowCount < 1 || columnCount < 1) {
    throw new InvalidChange('gridProperties.rowCount and columnCount must be greater than 0.');
  }
  const tab = draft.addTab(
    {
      sheetId: sheetId ?? freeId(draft),
      title: title ?? freeTitle(draft),
      hidden,
      rowCount,
      columnCount,
      frozenRowCount,
      look: lookOf(properties),
    },
    index,
  );
  refuseAllFrozen(tab);
  return { addSheet: { properties: tabProperties(tab, draft.tabs.indexOf(tab)) } };
}

function freeId(draft: Draft): number {
  let id = draft.generateId();
  while (draft.tabs.some((tab) => tab.sheetId === id)) id = draft.generateId();
  return id;
}

function freeTitle(draft: Draft): string {
  let number = draft.tabs.length + 1;
  while (tabByTitle(draft, `Sheet${number}`)) number++;
  return `Sheet${number}`;
}
