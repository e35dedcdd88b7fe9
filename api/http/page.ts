import { z, type core } from 'zod/v4';
import { givenText } from '../../core/index.ts';
import type { FoundRows, Position } from '../db/boundedPage.ts';
import { PortalError } from '../errors.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Null: this was the last page. */
  readonly nextCursor: string | null;
}

/** The answer of every list. */
export function pageSchema<Item extends core.$ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item).readonly(), nextCursor: z.string().nullable() });
}

/** The query of every list: `limit` 1-200, 50 if not given, and the cursor of the page before. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.optional(givenText(200)),
});

/** The ids of a list's rows: UUIDs, or PostgreSQL's bigint. */
const idSchemas = { uuid: z.uuid(), bigint: z.string().regex(/^\d{1,15}$/) };

/** @throws PortalError `invalid` if this API did not make the cursor */
export function readCursor(
  cursor: string | undefined,
  ids: keyof typeof idSchemas = 'uuid',
): Position | null {
  if (cursor === undefined) return null;
  try {
    const [createdAt, id] = z
      .tuple([z.iso.datetime(), idSchemas[ids]])
      .parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { createdAt: new Date(createdAt), id };
  } catch {
    const message = 'is not a cursor of this list; begin again without one';
    throw new PortalError('invalid', `Not valid: cursor ${message}.`, [
      { path: 'cursor', message },
    ]);
  }
}

/**
 * Makes a page of rows that were read newest first. A page may end before the limit, where its rows
 * are large.
 *
 * The cursor is opaque to callers: what is in it may change.
 */
export function page<Row extends { id: string | number; createdAt: Date }, Item>(
  { rows, found }: FoundRows<Row>,
  limit: number,
  present: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = found > shown.length && last !== undefined;
  return {
    items: shown.map(present),
    nextCursor: more
      ? Buffer.from(JSON.stringify([last.createdAt.toISOString(), String(last.id)])).toString(
          'base64url',
        )
      : null,
  };
}
