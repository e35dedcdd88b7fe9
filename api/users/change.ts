import type { Transaction } from 'kysely';
import { writeAudit } from '../audit/repository.ts';
import { actorName } from '../auth/actor.ts';
import { authorize, requireAdmin } from '../auth/authorize.ts';
import { endSessions, type UserRow } from '../auth/repository.ts';
import type { UserId } from '../db/ids.ts';
import type { Database, Role } from '../db/schema.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { presentListedUser } from './list.ts';
import { lockAdmins, lockUser, updateUser } from './repository.ts';
import type { ListedUser } from './schemas.ts';

/**
 * Gives a person a role. It counts from the person's next request on.
 *
 * @throws PortalError `not_signed_in`, `forbidden`, `not_found`, `last_admin`
 */
export function setRole(
  portal: Portal,
  caller: Caller,
  id: UserId,
  role: Role,
): Promise<ListedUser> {
  return change(portal, caller, id, async (trx, actor, before) => {
    if (before.role === role) return before;
    await writeAudit(trx, actor, 'user.role_changed', `user:${id}`, {
      from: before.role,
      to: role,
    });
    return updateUser(trx, id, { role });
  });
}

/**
 * Disables a person's account, and ends all its sessions; or enables it again.
 *
 * @throws PortalError `not_signed_in`, `forbidden`, `not_found`, `last_admin`
 */
export function setDisabled(
  portal: Portal,
  caller: Caller,
  id: UserId,
  isDisabled: boolean,
): Promise<ListedUser> {
  return change(portal, caller, id, async (trx, actor, before) => {
    if ((before.disabledAt !== null) === isDisabled) return before;
    await writeAudit(trx, actor, isDisabled ? 'user.disabled' : 'user.enabled', `user:${id}`);
    if (isDisabled) await endSessions(trx, id, null);
    return updateUser(trx, id, { isDisabled });
  });
}

type Change = (trx: Transaction<Database>, actor: string, before: UserRow) => Promise<UserRow>;

/** Makes a change as an admin. A change after which no admin is left is rolled back. */
async function change(
  { db }: Portal,
  caller: Caller,
  id: UserId,
  work: Change,
): Promise<ListedUser> {
  const changed = await db.transaction().execute(async (trx) => {
    requireAdmin(await authorize(trx, caller));
    await lockAdmins(trx);
    // While the caller waited for the lock, another admin may have demoted or disabled the caller.
    const actor = requireAdmin(await authorize(trx, caller));
    const before = await lockUser(trx, id);
    if (before === undefined) throw new PortalError('not_found', `There is no user ${id}.`);
    const after = await work(trx, actorName(actor), before);
    if ((await lockAdmins(trx)).length === 0) {
      throw new PortalError('last_admin', 'This is the last admin. Make another one first.');
    }
    return after;
  });
  return presentListedUser(changed);
}
