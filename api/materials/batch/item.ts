import { z } from 'zod/v4';
import {
  CELL_LIMIT,
  EDITABLE_FIELDS,
  levelNameOf,
  subjectOf,
  trimmedText,
  typeOf,
} from '../../../core/index.ts';
import type { MaterialId } from '../../db/ids.ts';
import { PortalError } from '../../errors.ts';
import { validate } from '../../validate.ts';
import type { EditableField } from '../repository.ts';
import { itemSchema, type BatchBody, type Operation } from './schemas.ts';

/**
 * How an item without an id finds its material: by field, the texts of which the material must have one.
 */
export type Match = ReadonlyMap<EditableField, readonly string[]>;

/** One item of a batch. The fields of its material are not checked yet. */
export interface Item {
  /** Where it is in the body: `items.3`. */
  readonly at: string;
  readonly operation: Operation;
  readonly id: MaterialId | undefined;
  /** The tag, without its quotes. */
  readonly ifMatch: string | undefined;
  /** Null: the item has an id, or creates a material. */
  readonly match: Match | null;
  readonly material: Readonly<Record<string, unknown>>;
}

/** Reads the items of a batch; the error of an item takes its place. */
export function readItems({ items, matchBy }: BatchBody): Array<Item | PortalError> {
  const matching = matchBy === undefined ? undefined : matchSchema(matchBy);
  return items.map((value, index) => {
    try {
      return readItem(value, `items.${index}`, matching);
    } catch (error) {
      if (error instanceof PortalError) return error;
      throw error;
    }
  });
}

/** The fields that find a material: each is there and not empty. */
function matchSchema(fields: readonly EditableField[]) {
  const texts = fields.map((field) => [field, trimmedText(CELL_LIMIT, 1)]);
  return z.object(Object.fromEntries(texts)).transform(matchOf);
}

/**
 * Gives for each field the text as it was sent, and its catalog name. Example: an item has the subject
 * `mtk`. It matches a row with `mtk`, which a person typed, and a row with `Matematika`, which the portal
 * wrote.
 */
function matchOf(texts: Readonly<Partial<Record<EditableField, string>>>): Match {
  return new Map(
    EDITABLE_FIELDS.flatMap((field) => {
      const text = texts[field];
      return text === undefined
        ? []
        : [[field, [...new Set([text, catalogName(field, text)])]] as const];
    }),
  );
}

/** @throws PortalError `invalid` */
function readItem(
  value: unknown,
  at: string,
  matching: ReturnType<typeof matchSchema> | undefined,
): Item {
  const { operation, id, ifMatch, material } = validate(itemSchema, value, at);
  const isMatched = operation !== 'create' && id === undefined;
  if (!isMatched) return { at, operation, id, ifMatch, match: null, material };
  if (matching === undefined) {
    const message = 'is missing. Give the id, or name in matchBy the fields that find the material';
    throw new PortalError('invalid', `Not valid: ${at}.id.`, [{ path: `${at}.id`, message }]);
  }
  const match = validate(matching, material, `${at}.material`);
  return { at, operation, id, ifMatch, match, material };
}

function catalogName(field: EditableField, text: string): string {
  if (field === 'subject') return subjectOf(text);
  if (field === 'type') return typeOf(text);
  return field === 'level' ? levelNameOf(text) : text;
}
