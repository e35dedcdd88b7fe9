import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, type Draft } from '../draft/draft.ts';
import type { GridRange, ProtectedRange } from '../model/spreadsheet.ts';
import { protectedRangeResource } from '../model/properties.ts';
import { mayEdit, protectedText } from '../model/protection.ts';
import { boundedRange, toGridRange } from './gridRange.ts';
import { requestedPaths } from './mask.ts';
import type {
  AddProtectedRange,
  DeleteProtectedRange,
  RequestedProtection,
  UpdateProtectedRange,
} from './protectedRangeMessages.ts';

/** Protects a range under the caller's id, or one of ours; an id that exists is refused. */
export function applyAddProtectedRange(draft: Draft, { protectedRange }: AddProtectedRange) {
  const ids = draft.tabs.flatMap((tab) => tab.protectedRanges ?? []).map((p) => p.protectedRangeId);
  const protectedRangeId = protectedRange.protectedRangeId ?? draft.generateId();
  if (ids.includes(protectedRangeId)) {
    throw new InvalidChange(
      `Cannot add protected range with ID: ${protectedRangeId}, a protected range with that ID already exists.`,
    );
  }
  const added = protection(draft, protectedRangeId, protectedRange);
  const tab = draft.tab(added.range.sheetId);
  tab.protectedRanges = [...(tab.protectedRanges ?? []), added];
  const editors = protectedRange.editors?.users?.length ? protectedRange.editors : {};
  return {
    addProtectedRange: {
      // The reply repeats the editors of the request. The next read lists the person who protects
      // (gspread's WorksheetTest.test_add_protected_range_normal).
      protectedRange: { ...protectedRangeResource(added, draft.by), editors },
    },
  };
}

/** Changes the properties in `fields`, if the caller may edit the range. */
export function applyUpdateProtectedRange(draft: Draft, request: UpdateProtectedRange): object {
  const { protectedRange: asked, fields } = request;
  const id = asked.protectedRangeId ?? 0;
  const { tab, found } = editable(draft, id);
  const changed: RequestedProtection = {
    range: found.range,
    description: found.description,
    warningOnly: found.warningOnly,
    editors: { users: [...found.editors] },
    unprotectedRanges: [...found.unprotectedRanges],
  };
  const named = namedFields(fields);
  for (const field of named) Object.assign(changed, { [field]: asked[field] });
  if (found.warningOnly && !changed.warningOnly && !named.includes('editors')) {
    throw notImplemented('ending warningOnly without editors: all who may edit the spreadsheet');
  }
  const updated = protection(draft, id, changed);
  tab.protectedRanges = (tab.protectedRanges ?? []).filter((other) => other !== found);
  const target = draft.tab(updated.range.sheetId);
  target.protectedRanges = [...(target.protectedRanges ?? []), updated];
  return {};
}

/** Removes a protection, if the caller may edit the range. */
export function applyDeleteProtectedRange(draft: Draft, request: DeleteProtectedRange): object {
  const { tab, found } = editable(draft, request.protectedRangeId);
  tab.protectedRanges = (tab.protectedRanges ?? []).filter((other) => other !== found);
  return {};
}

function editable(draft: Draft, protectedRangeId: number) {
  for (const tab of draft.tabs) {
    const found = tab.protectedRanges?.find((one) => one.protectedRangeId === protectedRangeId);
    if (!found) continue;
    if (!mayEdit(found, draft.by)) throw new InvalidChange(protectedText);
    return { tab, found };
  }
  throw new InvalidChange(`No protected range with id: ${protectedRangeId}`);
}

/** The protection to keep. The person who protects a range may always edit it. */
function protection(
  draft: Draft,
  protectedRangeId: number,
  asked: RequestedProtection,
): ProtectedRange {
  const { description, warningOnly = false, editors = {} } = asked;
  if (asked.namedRangeId || asked.tableId)
    throw notImplemented('protecting a named range or a table');
  if (editors.domainUsersCanEdit || editors.groups?.length)
    throw notImplemented('groups and domains as editors of a protected range');
  if (!asked.range) throw new InvalidChange('A range must be specified.');
  const range = toGridRange(asked.range);
  boundedRange(draft, range, 'range');
  const unprotectedRanges = (asked.unprotectedRanges ?? []).map(toGridRange);
  if (unprotectedRanges.length > 0 && !isWholeSheet(range)) {
    throw new InvalidChange('Unprotected ranges are only supported on protected sheets.');
  }
  for (const open of unprotectedRanges) {
    if (open.sheetId !== range.sheetId)
      throw new InvalidChange('Unprotected ranges must be on the protected sheet.');
    boundedRange(draft, open, 'unprotectedRanges');
  }
  const adder = draft.by === undefined ? [] : [draft.by];
  return {
    protectedRangeId,
    range,
    unprotectedRanges,
    description,
    warningOnly,
    editors: [...new Set([...(editors.users ?? []), ...adder])],
  };
}

function isWholeSheet(range: GridRange): boolean {
  return Object.keys(range).every((name) => name === 'sheetId');
}

const fieldNames = ['range', 'description', 'warningOnly', 'editors', 'unprotectedRanges'] as const;

function namedFields(fields: string): readonly (typeof fieldNames)[number][] {
  const paths = requestedPaths(fields, 'ProtectedRange');
  if (paths.includes('*')) return fieldNames;
  return paths.map((path) => {
    const name = path === 'editors.users' ? 'editors' : path;
    const known = fieldNames.find((one) => one === name);
    if (!known) throw notImplemented(`updateProtectedRange with the field ${path}`);
    return known;
  });
}
