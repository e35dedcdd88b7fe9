import { EDITABLE_FIELDS, type MaterialId } from '../../core/index.ts';
import { without, type Merged } from './merge.ts';

/** More rows than this, and more than this share of all, do not vanish at once by an honest edit. */
const MOST_ROWS = 3;
const MOST_SHARE = 0.2;

/** So much vanished at once that it looks like an accident: nothing is believed until confirmed. */
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
 * Notes which materials have no row any more. One that is missing in two cycles is deleted; whose
 * row returns is not. What the portal had changed in it meanwhile is a conflict, and while that
 * stands, or when the portal changes it once more, it is not deleted: then it gets a new row.
 *
 * @param materials the read model; materials are replaced in it
 * @param present the materials that have a row
 * @param isConfirmed an admin said that they were meant to vanish
 * @throws VanishedError
 */
export function noteVanished(
  materials: Map<MaterialId, Merged>,
  present: ReadonlyMap<MaterialId, unknown>,
  isConfirmed: boolean,
  at: string,
): void {
  const known = [...materials].filter(([, { base, deletedAt }]) => base !== null && !deletedAt);
  const gone = known.filter(([id]) => !present.has(id));
  const now = gone.filter(([, { missingSince }]) => missingSince === null).length;
  const isTooMany = now > MOST_ROWS && now > known.length * MOST_SHARE;
  if (isTooMany && !isConfirmed) throw new VanishedError(now, known.length);

  for (const [id, material] of gone) materials.set(id, missing(material, at));
}

function missing(material: Merged, at: string): Merged {
  const edited = EDITABLE_FIELDS.filter((field) => material.pending[field] !== undefined);
  if (material.missingSince === null) {
    const conflicts = edited.map(
      (field) => [field, { sheet: '', portal: material.fields[field], at }] as const,
    );
    return {
      ...material,
      missingSince: at,
      pending: without(material.pending, (name) => edited.some((field) => field === name)),
      conflicts: { ...material.conflicts, ...Object.fromEntries(conflicts) },
    };
  }
  if (edited.length > 0) return { ...material, base: null, missingSince: null };
  const isOpen = EDITABLE_FIELDS.some((field) => material.conflicts[field] !== undefined);
  return isOpen ? material : { ...material, deletedAt: at };
}
