import { own, REVISED_FIELDS, type MaterialId } from '../../core/index.ts';
import type { Known } from './known.ts';
import { metadataKey, without, type Merged } from './merge.ts';

/** If more rows than this, and a larger share than this, vanish at once, it is probably an accident. */
const MOST_ROWS = 3;
const MOST_SHARE = 0.2;

/** Too many rows vanished at once. The sync waits until an admin confirms it. */
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
 * Handles a material without a row. In the first cycle it counts as missing, and each change that waited
 * for the sheet becomes a conflict. In the second cycle it is deleted, but not while a conflict is open. If
 * the portal changes the material meanwhile, it gets a new row.
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
  return REVISED_FIELDS.some((field) => field === key) || key.startsWith(metadataKey(''));
}

function portalText({ fields, metadata }: Merged, key: string): string {
  const field = REVISED_FIELDS.find((name) => name === key);
  if (field !== undefined) return fields[field];
  return own(metadata, key.slice(metadataKey('').length)) ?? '';
}
