import type { MaterialId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { MaterialRecord } from './repository.ts';

/**
 * Passes on a material that is in the catalog.
 *
 * @throws PortalError `not_found`; `gone` with since when
 */
export function inCatalog(id: MaterialId, row: MaterialRecord | undefined): MaterialRecord {
  if (row === undefined) throw new PortalError('not_found', `There is no material ${id}.`);
  if (row.deletedAt === null) return row;
  throw new PortalError(
    'gone',
    `Material ${id} is deleted: its row has been missing from the sheet since ` +
      `${row.deletedAt.toISOString()}. Put the row back, with its MATERIAL_ID, and it returns.`,
  );
}
