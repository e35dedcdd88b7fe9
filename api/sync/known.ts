import type { Merged } from './merge.ts';

/** The leader keeps this of every material. It loads only materials with a changed row. */
export interface Known {
  /**
   * - `new`: it was never in the sheet.
   * - `live`: its row was in the sheet when it was last read.
   * - `missing`: its row is not there since the last read.
   * - `deleted`: its row has been missing for longer.
   */
  readonly state: 'new' | 'live' | 'missing' | 'deleted';
  /** The digest of the row that was last merged (see rows.ts); null: the row must be merged again. */
  readonly digest: string | null;
}

export function knownOf({ base, missingSince, deletedAt }: Merged, digest: string | null): Known {
  if (deletedAt !== null) return { state: 'deleted', digest };
  if (base === null) return { state: 'new', digest };
  return { state: missingSince === null ? 'live' : 'missing', digest };
}

/** Whether a row says nothing new of its material. */
export function isMerged(known: Known | undefined, digest: string): boolean {
  return known?.state === 'live' && known.digest === digest;
}
