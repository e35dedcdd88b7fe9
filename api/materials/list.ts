import type { Material } from '../../core/index.ts';
import type { Presented } from '../auth/actor.ts';
import { authorize } from '../auth/authorize.ts';
import { page, readCursor, type Page } from '../http/page.ts';
import type { Portal } from '../portal.ts';
import { presentMaterial } from './present.ts';
import { listMaterials as read } from './repository.ts';

/** The catalog, newest first. @throws PortalError `not_signed_in`, `invalid` */
export async function listMaterials(
  { db }: Portal,
  presented: Presented,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Material>> {
  await authorize(db, presented);
  const rows = await read(db, { limit, after: readCursor(cursor) });
  return page(rows, limit, presentMaterial);
}
