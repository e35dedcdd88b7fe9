import { sql } from 'kysely';
import { METADATA_LIMIT } from '../../core/index.ts';
import { authorize } from '../auth/authorize.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import type { CatalogColumns } from './schemas.ts';

/** The API reads the further columns of this many materials, the newest ones (index materials_newest). */
const MATERIALS_READ = 500;

/**
 * Gives the names of the further columns: the portal reads the same 50 columns of each row.
 *
 * @throws PortalError `not_signed_in`
 */
export async function catalogColumns({ db }: Portal, caller: Caller): Promise<CatalogColumns> {
  await authorize(db, caller);
  const { rows } = await sql<{ name: string }>`
    select distinct name from (
      select metadata from materials where deleted_at is null
      order by created_at desc, id desc limit ${MATERIALS_READ}
    ) as newest, jsonb_object_keys(metadata) as name
    order by name limit ${2 * METADATA_LIMIT}`.execute(db);
  return { further: rows.map(({ name }) => name) };
}
