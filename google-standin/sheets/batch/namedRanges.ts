import { InvalidChange, type Draft } from '../draft/draft.ts';
import { parseArea } from '../model/a1.ts';
import { namedRangeResource } from '../model/properties.ts';
import { boundedRange, toGridRange } from './gridRange.ts';
import type { AddNamedRange, DeleteNamedRange } from './messages.ts';

/** Adds a named range under the caller's id, or one of ours; an id or a name that exists is refused. */
export function applyAddNamedRange(draft: Draft, { namedRange }: AddNamedRange): object {
  const { name, range } = namedRange;
  if (!/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) || parseArea(name) || /^(true|false)$/i.test(name)) {
    throw new InvalidChange(`The name "${name}" is not a valid name for a named range.`);
  }
  if (!range) throw new InvalidChange('A range must be specified.');
  if (draft.namedRanges.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
    throw new InvalidChange(
      `Cannot add named range with name ${name}, a named range with that name already exists.`,
    );
  }
  const namedRangeId = namedRange.namedRangeId || String(draft.generateId());
  if (draft.namedRanges.some((other) => other.namedRangeId === namedRangeId)) {
    throw new InvalidChange(
      `Cannot add named range with ID: ${namedRangeId}, a named range with that ID already exists.`,
    );
  }
  boundedRange(draft, range, 'range');
  const added = { namedRangeId, name, range: toGridRange(range) };
  draft.namedRanges = [...draft.namedRanges, added];
  return { addNamedRange: { namedRange: namedRangeResource(added) } };
}

/** Removes a named range; an unknown id is refused, so of two writers only one can. */
export function applyDeleteNamedRange(draft: Draft, { namedRangeId }: DeleteNamedRange): object {
  const kept = draft.namedRanges.filter((named) => named.namedRangeId !== namedRangeId);
  if (kept.length === draft.namedRanges.length) {
    throw new InvalidChange(`No NamedRange with id: ${namedRangeId}`);
  }
  draft.namedRanges = kept;
  return {};
}
