import { InvalidChange, type Draft } from '../draft.ts';
import type { DeleteSheet } from './messages.ts';

/** Removes a tab with its named ranges, but not the last visible one, nor one with protected cells. */
export function applyDeleteSheet(draft: Draft, { sheetId }: DeleteSheet): object {
  const tab = draft.tab(sheetId, 'sheet');
  if (!draft.tabs.some((other) => other !== tab && !other.hidden)) {
    throw new InvalidChange("You can't remove all the sheets in a document.");
  }
  draft.requireEditable(tab, { sheetId });
  draft.tabs.splice(draft.tabs.indexOf(tab), 1);
  draft.namedRanges = draft.namedRanges.map((named) =>
    named.range?.sheetId === sheetId ? { ...named, range: null } : named,
  );
  return {};
}
