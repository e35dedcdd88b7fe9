import { authorize } from '../auth/authorize.ts';
import type { MaterialId } from '../db/ids.ts';
import type { Caller } from '../http/caller.ts';
import { findJob } from '../jobs/repository.ts';
import type { Portal } from '../portal.ts';
import { conflictsOf } from './conflicts.ts';
import { inCatalog } from './inCatalog.ts';
import { etagOf, presentMaterial } from './present.ts';
import { readMaterial } from './repository.ts';
import type { ShownMaterial } from './schemas.ts';

/** A material with the analysis on show and its conflicts. @throws PortalError `not_signed_in`, `not_found`, `gone` */
export async function getMaterial(
  { db }: Portal,
  caller: Caller,
  id: MaterialId,
): Promise<{ etag: string; body: ShownMaterial }> {
  await authorize(db, caller);
  const row = inCatalog(id, await readMaterial(db, id));
  const job = row.analysisJobId === null ? undefined : await findJob(db, row.analysisJobId);
  const analysis =
    job === undefined
      ? null
      : {
          ...job.resultJson,
          jobId: job.id,
          completedAt: job.endedAt?.toISOString() ?? null,
        };
  return {
    etag: etagOf(row),
    body: { material: presentMaterial(row), analysis, conflicts: conflictsOf(row) },
  };
}
