import { v7 as uuidv7 } from 'uuid';
import { analysisSource, textHash, type MaterialId } from '../../core/index.ts';
import { jobId } from '../db/ids.ts';
import { fromNow } from '../db/time.ts';
import { insertJobUnlessOpen } from '../jobs/repository.ts';
import { TIMING } from '../jobs/timing.ts';
import type { Merged } from './merge.ts';
import type { Tx } from './repository.ts';

/** A person types a row cell by cell: its analysis waits until it has been left alone so long, in ms. */
const QUIET_MS = 15_000;

/**
 * Opens an analysis of what people typed or rewrote in the sheet: one job a material, not one a
 * keystroke. One that is queued and not yet posted waits on while its row is typed; one that is
 * under way is followed by another when it ends, for the text then differs from its own.
 */
export async function openTyped(
  tx: Tx,
  typed: ReadonlyArray<readonly [MaterialId, Merged]>,
): Promise<void> {
  for (const [id, { fields }] of typed) {
    if (fields.title === '' || fields.aiSource === analysisSource(fields)) continue;
    const hash = textHash(fields);
    const opened = await insertJobUnlessOpen(tx, {
      id: jobId.parse(uuidv7()),
      userId: null,
      materialId: id,
      kind: 'analyze',
      textHash: hash,
      claimDeadline: TIMING.claimDeadline,
      announce: false,
      dueIn: QUIET_MS,
    });
    if (opened !== undefined) continue;
    await tx
      .updateTable('jobs')
      .set({ text_hash: hash, next_at: fromNow(QUIET_MS) })
      .where('material_id', '=', id)
      .where('kind', '=', 'analyze')
      .where('stage', '=', 'queued')
      .where('user_id', 'is', null)
      .where('deliveries', '=', 0)
      .where('misses', '=', 0)
      .execute();
  }
}
