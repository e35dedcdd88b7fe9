import { InvalidChange, type Draft } from '../draft/draft.ts';
import type { DeleteSheet } from './messages.ts';

/** Removes a tab with its named ranges, but not the last visible one, nor one with protected cells. */
export function applyDeleteSheet(draft: Draft, { sheetId }: DeleteSheet): object {
  const tab = draft.tab(sheetId, 'sheet');
  if (!draft.tabs.some((other) => other !== tab && !other.hidden)) {
    throw new InvalidChange("You can't remove all the sheets in a document.");
  }
  draft.requireEditable(tab, { sheetId });
  draft.tabs.splice(draft.tabs.indexOf(tab), 1);
  const free = draft.unknowns.namedRangeOfRemovedTab === 'free';
  draft.namedRanges = draft.namedRanges.flatMap((named) => {
    if (named.range?.sheetId !== sheetId) return [named];
    return free ? [] : [{ ...named, range: null }];
  });
  return {};
}
