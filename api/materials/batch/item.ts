import { z } from 'zod/v4';
import { CELL_LIMIT, levelOf, subjectOf, trimmedText, typeOf } from '../../../core/index.ts';
import type { MaterialId } from '../../db/ids.ts';
import { PortalError } from '../../errors.ts';
import { validate } from '../../validate.ts';
import type { EditableField } from '../repository.ts';
import { itemSchema, type BatchBody } from './schemas.ts';

/** The texts that a material may have in each field to be the one that an item means. */
export type Match = ReadonlyMap<EditableField, readonly string[]>;

/** An item whose material is not checked yet. */
export interface Item {
  /** Where it is in the body: `items.3`. */
  readonly at: string;
  readonly operation: 'create' | 'update' | 'createOrUpdate';
  readonly id: MaterialId | undefined;
  /** The tag, without its quotes. */
  readonly ifMatch: string | undefined;
  /** Null: the item has an id, or creates a material. */
  readonly match: Match | null;
  readonly material: Readonly<Record<string, unknown>>;
}

/** Reads the items of a batch; the error of an item takes its place. */
export function readItems({ items, matchBy }: BatchBody): Array<Item | PortalError> {
  return items.map((value, index) => {
    try {
      return readItem(value, `items.${index}`, matchBy);
    } catch (error) {
      if (error instanceof PortalError) return error;
      throw error;
    }
  });
}

/** @throws PortalError `invalid` */
function readItem(value: unknown, at: string, matchBy: BatchBody['matchBy']): Item {
  const { operation, id, ifMatch, material } = validate(itemSchema, value, at);
  const isMatched = operation !== 'create' && id === undefined;
  if (isMatched && matchBy === undefined) {
    const message = 'is missing. Give the id, or name in matchBy the fields that find the material';
    throw new PortalError('invalid', `Not valid: ${at}.id.`, [{ path: `${at}.id`, message }]);
  }
  const match = isMatched ? readMatch(material, matchBy ?? [], `${at}.material`) : null;
  return { at, operation, id, ifMatch, match, material };
}

/**
 * A text of a row is compared with the text as it was sent, and with its catalog name: people type `mtk`
 * into the sheet, and the portal writes `Matematika`.
 *
 * @throws PortalError `invalid` if a field is missing or empty
 */
function readMatch(material: object, fields: readonly EditableField[], at: string): Match {
  const shape = Object.fromEntries(fields.map((field) => [field, trimmedText(CELL_LIMIT, 1)]));
  const texts = validate(z.object(shape), material, at);
  return new Map(
    fields.map((field) => {
      const text = texts[field] ?? '';
      return [field, [...new Set([text, catalogName(field, text)])]];
    }),
  );
}

function catalogName(field: EditableField, text: string): string {
  if (field === 'subject') return subjectOf(text);
  if (field === 'type') return typeOf(text);
  return field === 'level' ? (levelOf(text) ?? text) : text;
}
