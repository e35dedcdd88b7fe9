import { type Field } from './columns.ts';
import { fieldOfHeader } from './header.ts';
import { ASKED_FIELDS, nameLikeness } from './likeness.ts';
import { foldCase, trimBlanks } from './text.ts';

/** A person's decisions about a sheet. Without a decision, preparing does only what is certain. */
export interface Decisions {
  /** 0-based; null: preparing finds the row. */
  readonly headerRow: number | null;
  /** Headers that get another text. */
  readonly renames: readonly Rename[];
  /** Fields that get a new, empty column although another column looks like the field's column. */
  readonly adds: readonly Field[];
}

export interface Rename {
  /** The header in the sheet; blanks and case do not matter. */
  readonly from: string;
  /** A name of one of the catalog's columns; any other name makes a further column. */
  readonly to: string;
}

/** Preparing cannot do as it was asked. The text says what to do. */
export class PrepareError extends Error {
  override readonly name = 'PrepareError';
}

/** From this likeness to a column's name on, a name is taken for a typing error. */
const ALIKE = 0.7;

/**
 * Reads decisions as people type them.
 *
 * @param given `renames` as `Nama Bahan=MATERIAL_TITLE`; `adds` as a column's name; `headerRow` as
 *   people count, from 1
 * @throws PrepareError that quotes the wrong one
 */
export function parseDecisions(given: {
  readonly headerRow?: number | undefined;
  readonly renames?: readonly string[] | undefined;
  readonly adds?: readonly string[] | undefined;
}): Decisions {
  const { headerRow } = given;
  if (headerRow !== undefined && (!Number.isInteger(headerRow) || headerRow < 1)) {
    throw new PrepareError(`The header row ${headerRow} is not a row. Rows are counted from 1.`);
  }
  return {
    headerRow: headerRow === undefined ? null : headerRow - 1,
    renames: (given.renames ?? []).map(parseRename),
    adds: (given.adds ?? []).map((text) => {
      const field = fieldOfHeader(text);
      if (field !== undefined) return field;
      throw new PrepareError(`"${text}" is no column of the catalog, so it cannot be added.`);
    }),
  };
}

function parseRename(text: string): Rename {
  const at = text.lastIndexOf('=');
  const [from, to] = [trimBlanks(text.slice(0, at)), trimBlanks(text.slice(at + 1))];
  if (at < 0 || from === '' || to === '') {
    throw new PrepareError(
      `"${text}" is not of the form "header that stands there=new header". ` +
        'Write for example "Nama Bahan=MATERIAL_TITLE".',
    );
  }
  const alike = ASKED_FIELDS.find((field) => nameLikeness(to, field) >= ALIKE);
  if (fieldOfHeader(to) === undefined && alike !== undefined && foldCase(to) !== foldCase(from)) {
    throw new PrepareError(
      `"${to}" in "${text}" is no name of a column of the catalog, but looks like one (${alike}). ` +
        'Write the exact name, or one that is quite different.',
    );
  }
  return { from, to };
}
