import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { UserId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import { PortalError } from '../errors.ts';
import type { Portal } from '../portal.ts';
import { countOpenJobs, roomOf } from './repository.ts';

/**
 * How many jobs a person may still open, exactly: until the transaction ends, no other request opens one for
 * this person. So it takes this lock before it locks materials and jobs.
 *
 * It holds for new materials, new jobs and retries. Where a text has changed, its analysis opens in any case:
 * nobody should have to wait to correct a text, and a material has one open analysis at most.
 *
 * @param userId null: the jobs of n8n and of the sheet have no user and no limit
 */
export async function roomFor(
  trx: Transaction<Database>,
  portal: Pick<Portal, 'config'>,
  userId: UserId | null,
): Promise<number> {
  const room = roomIn(portal, userId);
  if (room === null) return Infinity;
  const { rows } = await sql<{ room: number }>`select ${room} as room`.execute(trx);
  return rows[0]?.room ?? 0;
}

/** The same as a part of another statement; null: there is no limit. */
export function roomIn(
  { config }: Pick<Portal, 'config'>,
  userId: UserId | null,
): RawBuilder<number> | null {
  const most = config.openJobsPerUser;
  return userId === null || most === 0 ? null : roomOf(userId, most);
}

/** How many jobs a person may open at this moment. For requests that open none. */
export async function roomNow(
  db: Kysely<Database>,
  { config }: Pick<Portal, 'config'>,
  userId: UserId | null,
): Promise<number> {
  const most = config.openJobsPerUser;
  if (userId === null || most === 0) return Infinity;
  return most - (await countOpenJobs(db, userId, most));
}

/** @throws PortalError `too_many_open_jobs` */
export function requireRoom(room: number): void {
  if (room >= 1) return;
  throw new PortalError(
    'too_many_open_jobs',
    'So many jobs of this person are open that no other can be opened now. Nothing was changed. Wait until some have ended.',
  );
}
