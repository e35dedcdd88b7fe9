import * as z from 'zod/v4-mini';

/**
 * Behaviours of Google that its documentation leaves open, as switches of a spreadsheet. The first value of
 * each is the most likely one and the default; docs/google.md gives the sources.
 */
export const unknownBehaviours = {
  /** Whether `copyPaste` copies rows that a filter hides. */
  copyOfFilteredRows: ['skipped', 'copied'],
  /** Whether `copyPaste` copies rows that a person or a collapsed group hides. */
  copyOfHiddenRows: ['copied', 'skipped'],
  /** Whether `updateCells` writes to rows that a filter hides. */
  writeToFilteredRows: ['written', 'skipped'],
  /** The effect of `copyPaste` and `updateCells` on a GridRange that ends or begins beyond the grid. */
  rangeBeyondGrid: ['refused', 'clipped'],
  /** A value that is written to a cell which a merge covers; `unseen`: it shows after the merge is removed. */
  writeToCoveredCell: ['lost', 'kept', 'unseen'],
  /** Whether a row that is inserted in a filtered range is hidden when the filter does not show it. */
  rowInsertedInFilter: ['shown', 'hidden'],
  /** Whether a row that inherits from a row which a person hid is hidden too. */
  rowInsertedAtHiddenRow: ['shown', 'hidden'],
  /** The answer of a FORMULA read for a cell in which another cell's array formula shows a value. */
  formulaReadOfSpilledCell: ['value', 'nothing'],
  /** The effect of blank cells in a PASTE_FORMULA on their destination. */
  pasteOfBlankCells: ['clear', 'keep'],
  /** Which named ranges there are after an earlier version was restored: its own, or the current. */
  namedRangesOfRestoredVersion: ['restored', 'current'],
  /** Whether the name and the id of a removed tab's named range are still taken. */
  namedRangeOfRemovedTab: ['taken', 'free'],
  /** The effect of a range in `responseRanges` that begins beyond the grid. */
  responseRangeBeyondGrid: ['refused', 'clipped'],
} as const;

type Behaviours = typeof unknownBehaviours;
export type Unknowns = { readonly [K in keyof Behaviours]: Behaviours[K][number] };

/** Some of the switches, as a control or a test sets them. */
export const unknownsSchema = z.strictObject({
  copyOfFilteredRows: z.optional(z.enum(unknownBehaviours.copyOfFilteredRows)),
  copyOfHiddenRows: z.optional(z.enum(unknownBehaviours.copyOfHiddenRows)),
  writeToFilteredRows: z.optional(z.enum(unknownBehaviours.writeToFilteredRows)),
  rangeBeyondGrid: z.optional(z.enum(unknownBehaviours.rangeBeyondGrid)),
  writeToCoveredCell: z.optional(z.enum(unknownBehaviours.writeToCoveredCell)),
  rowInsertedAtHiddenRow: z.optional(z.enum(unknownBehaviours.rowInsertedAtHiddenRow)),
  formulaReadOfSpilledCell: z.optional(z.enum(unknownBehaviours.formulaReadOfSpilledCell)),
  rowInsertedInFilter: z.optional(z.enum(unknownBehaviours.rowInsertedInFilter)),
  pasteOfBlankCells: z.optional(z.enum(unknownBehaviours.pasteOfBlankCells)),
  namedRangesOfRestoredVersion: z.optional(z.enum(unknownBehaviours.namedRangesOfRestoredVersion)),
  namedRangeOfRemovedTab: z.optional(z.enum(unknownBehaviours.namedRangeOfRemovedTab)),
  responseRangeBeyondGrid: z.optional(z.enum(unknownBehaviours.responseRangeBeyondGrid)),
});

export type SomeUnknowns = z.infer<typeof unknownsSchema>;

export const defaultUnknowns: Unknowns = {
  copyOfFilteredRows: 'skipped',
  copyOfHiddenRows: 'copied',
  writeToFilteredRows: 'written',
  rangeBeyondGrid: 'refused',
  writeToCoveredCell: 'lost',
  rowInsertedInFilter: 'shown',
  rowInsertedAtHiddenRow: 'shown',
  formulaReadOfSpilledCell: 'value',
  pasteOfBlankCells: 'clear',
  namedRangesOfRestoredVersion: 'restored',
  namedRangeOfRemovedTab: 'taken',
  responseRangeBeyondGrid: 'refused',
};

/** All switches of a spreadsheet. */
export function unknownsOf({ unknowns }: { readonly unknowns?: SomeUnknowns }): Unknowns {
  return unknowns ? merge(defaultUnknowns, unknowns) : defaultUnknowns;
}

function merge(all: Unknowns, some: SomeUnknowns): Unknowns {
  const given = Object.entries(some).filter(([, value]) => value !== undefined);
  return { ...all, ...Object.fromEntries(given) };
}
