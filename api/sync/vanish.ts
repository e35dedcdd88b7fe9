import { EDITABLE_FIELDS, own, type MaterialId } from '../../core/index.ts';
import type { Known } from './known.ts';
import { metadataKey, without, type Merged } from './merge.ts';

/** More rows than this, and more than this share of all, do not vanish at once by an honest edit. */
const MOST_ROWS = 3;
const MOST_SHARE = 0.2;

/** So many rows vanished at once that it looks like an accident: sync waits for a confirmation. */
export class VanishedError extends Error {
  override readonly name = 'VanishedError';
  readonly vanished: number;

  constructor(vanished: number, all: number) {
    super(
      `${vanished} of ${all} materials vanished from the sheet at once. Restore them with File > ` +
        'Version history, or have an admin confirm that it was meant.',
    );
    this.vanished = vanished;
  }
}

/**
 * The materials that had a row and have none now.
 *
 * @param present whether a material has a row
 */
export function goneFrom(
  known: ReadonlyMap<MaterialId, Known>,
  present: Pick<ReadonlySet<MaterialId>, 'has'>,
): MaterialId[] {
  const gone: MaterialId[] = [];
  for (const [id, { state }] of known) {
    if ((state === 'live' || state === 'missing') && !present.has(id)) gone.push(id);
  }
  return gone;
}

/** @throws VanishedError if too many of them had a row in the cycle before */
export function requireFew(
  gone: readonly MaterialId[],
  known: ReadonlyMap<MaterialId, Known>,
): void {
  const now = gone.filter((id) => known.get(id)?.state === 'live').length;
  if (now <= MOST_ROWS) return;
  const all = [...known.values()].filter(({ state }) => state === 'live' || state === 'missing');
  if (now > all.length * MOST_SHARE) throw new VanishedError(now, all.length);
}

/**
 * The material in the first, the second, or a later cycle without its row. In the second it is
 * deleted. What the portal had changed in it is a conflict: while that is open, the material is not
 * deleted. If the portal changes it once more, it gets a new row.
 */
export function withoutRow(material: Merged, at: string): Merged {
  const edited = Object.keys(material.pending).filter(isEditable);
  if (material.missingSince === null) {
    const conflicts = edited.map(
      (key) => [key, { sheet: '', portal: portalText(material, key), at }] as const,
    );
    return {
      ...material,
      missingSince: at,
      pending: without(material.pending, isEditable),
      conflicts: { ...material.conflicts, ...Object.fromEntries(conflicts) },
    };
  }
  if (edited.length > 0) return { ...material, base: null, missingSince: null };
  const isOpen = Object.keys(material.conflicts).some(isEditable);
  return isOpen ? material : { ...material, deletedAt: at };
}

/** Whether people edit what the key of `pending` or `conflicts` names: a field or metadata. */
function isEditable(key: string): boolean {
  return EDITABLE_FIELDS.some((field) => field === key) || key.startsWith(metadataKey(''));
}

function portalText({ fields, metadata }: Merged, key: string): string {
  const field = EDITABLE_FIELDS.find((name) => name === key);
  if (field !== undefined) return fields[field];
  return own(metadata, key.slice(metadataKey('').length)) ?? '';
}
