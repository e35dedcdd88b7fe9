import type { Transaction } from 'kysely';
import { writeAudit } from '../audit/repository.ts';
import type { Database } from '../db/schema.ts';
import type { SessionFamily } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { actorName } from './actor.ts';
import { authorize, requirePerson } from './authorize.ts';
import { endSessions, runningSessions } from './repository.ts';
import type { ShownSession } from './schemas.ts';

/**
 * Ends the session of this request, or all sessions of the person. The next request is refused, on every
 * instance.
 *
 * @throws PortalError `not_signed_in`, `forbidden` for a service key
 */
export async function signOut(
  portal: Portal,
  caller: Caller,
  isEverywhere: boolean,
): Promise<void> {
  const family = isEverywhere || caller.kind === 'service' ? null : caller.family;
  await portal.db.transaction().execute((trx) => end(trx, caller, family));
}

/** The sessions of the person. @throws PortalError `not_signed_in`, `forbidden` for a service key */
export async function listSessions({ db }: Portal, caller: Caller): Promise<ShownSession[]> {
  const { userId } = requirePerson(await authorize(db, caller));
  const sessions = await runningSessions(db, userId);
  return sessions.map(({ family, signedInAt, refreshedAt }) => ({
    id: family,
    signedInAt: signedInAt.toISOString(),
    refreshedAt: refreshedAt.toISOString(),
    isCurrent: caller.kind === 'user' && caller.family === family,
  }));
}

/**
 * Ends one session of the person.
 *
 * @throws PortalError `not_signed_in`, `forbidden` for a service key, `not_found` also for a session of
 *   another person
 */
export async function endSession(portal: Portal, caller: Caller, id: SessionFamily): Promise<void> {
  const isFound = await portal.db.transaction().execute((trx) => end(trx, caller, id));
  if (!isFound) throw new PortalError('not_found', `There is no session ${id} that is in use.`);
}

/** @param family null: all of the person's sessions */
async function end(
  trx: Transaction<Database>,
  caller: Caller,
  family: SessionFamily | null,
): Promise<boolean> {
  const actor = requirePerson(await authorize(trx, caller));
  const isFound = await endSessions(trx, actor.userId, family);
  if (isFound) {
    const name = actorName(actor);
    await writeAudit(trx, name, 'session.ended', name, { family: family ?? 'all' });
  }
  return isFound;
}
