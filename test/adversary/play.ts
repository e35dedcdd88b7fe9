import type { Kysely } from 'kysely';
import type { Database } from '../../api/db/schema.ts';
import type { History } from './deeds.ts';
import { Adversary } from './index.ts';
import { emptyPortal } from './portal.ts';

export interface Played {
  /** What was lost, doubled or never comes to rest. */
  readonly losses: readonly string[];
  /** Cells of hidden rows that were overwritten unseen (see Oracle.batch). */
  readonly unseen: number;
}

/** Plays a history on a new sheet. */
export async function playHistory(
  db: Kysely<Database>,
  { google, steps }: History,
): Promise<Played> {
  await emptyPortal(db);
  const adversary = new Adversary(db, google);
  for (const step of steps) await adversary.play(step);
  return { losses: await adversary.rest(), unseen: adversary.unseen };
}
