import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { analysisSource, textHash, type MaterialId } from '../../core/index.ts';
import { jobIdSchema } from '../db/ids.ts';
import { fromNow } from '../db/time.ts';
import { insertJobsUnlessOpen } from '../jobs/repository.ts';
import { queueUpdates } from '../materials/outbox.ts';
import { TIMING } from '../timing.ts';
import { isEdited, isRewritten, type Merged } from './merge.ts';
import type { Tx } from './repository.ts';

/**
 * A person types a row cell by cell. So its analysis and its event wait until nobody has changed the row
 * for this long.
 */
const QUIET_MS = 15_000;

/** A material as people have changed it in the sheet. */
export interface Typed {
  readonly id: MaterialId;
  /** Undefined: a row that is new. */
  readonly before: Merged | undefined;
  readonly after: Merged;
}

/** Opens analyses and queues events for edits in the sheet, as the API does for edits in the portal. */
export async function followTyped(tx: Tx, typed: readonly Typed[]): Promise<void> {
  const standing = typed.filter(({ after }) => after.deletedAt === null);
  const edited = standing.filter(({ before, after }) => before && isEdited(before, after));
  await queueUpdates(
    tx,
    edited.map(({ id }) => id),
    QUIET_MS,
  );
  await openAnalyses(
    tx,
    standing.filter(({ before, after }) => before === undefined || isRewritten(before, after)),
  );
}

/**
 * Opens an analysis of what people typed or rewrote in the sheet: one job a material, not one a keystroke.
 * A queued job that is not yet posted waits while its row is typed. If a job is already running, another
 * job follows when it ends, because the text has changed.
 */
async function openAnalyses(tx: Tx, typed: readonly Typed[]): Promise<void> {
  const changed = typed.filter(
    ({ after: { fields } }) => fields.title !== '' && fields.aiSource !== analysisSource(fields),
  );
  const jobs = changed.map(({ id, before, after }) => ({
    id: jobIdSchema.parse(uuidv7()),
    userId: null,
    materialId: id,
    kind: 'analyze' as const,
    textHash: textHash(after.fields),
    claimDeadline: TIMING.claimDeadline,
    announce: before === undefined,
    dueIn: QUIET_MS,
  }));
  if ((await insertJobsUnlessOpen(tx, jobs)) === jobs.length) return;
  const materials = jobs.map(({ materialId }) => materialId);
  const hashes = jobs.map((job) => job.textHash);
  await sql`
    update jobs set text_hash = typed.text_hash, next_at = ${fromNow(QUIET_MS)}
    from unnest(${materials}::uuid[], ${hashes}::text[]) as typed(material_id, text_hash)
    where jobs.material_id = typed.material_id and jobs.text_hash <> typed.text_hash
      and kind = 'analyze' and stage = 'queued' and user_id is null
      and deliveries = 0 and misses = 0`.execute(tx);
}
