import { writeAudit } from '../audit/repository.ts';
import { actorName } from '../auth/actor.ts';
import { authorize, requireAdmin } from '../auth/authorize.ts';
import type { InviteId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import { page, readCursor, type Page } from '../http/page.ts';
import {
  deleteInvite,
  lockInvite,
  putInvite,
  readInvites,
  type InviteRow,
} from '../invites/repository.ts';
import type { Portal } from '../portal.ts';
import type { Invite, InviteBody } from './schemas.ts';

/**
 * Invites an address for 30 days: the first sign-in with it gets the role. An address that is invited
 * already is invited anew, with the new role.
 *
 * @throws PortalError `not_signed_in`, `forbidden`
 */
export async function invite(
  { db }: Portal,
  caller: Caller,
  { email, role }: InviteBody,
): Promise<Invite> {
  return db.transaction().execute(async (trx) => {
    const actor = requireAdmin(await authorize(trx, caller));
    const row = await putInvite(trx, { email, role, invitedBy: actor.userId });
    await writeAudit(trx, actorName(actor), 'invite.created', `invite:${row.id}`, { email, role });
    return presentInvite(row);
  });
}

/** Invites, the newest first. @throws PortalError `not_signed_in`, `forbidden`, `invalid` */
export async function listInvites(
  { db }: Portal,
  caller: Caller,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Invite>> {
  requireAdmin(await authorize(db, caller));
  const rows = await readInvites(db, { limit, after: readCursor(cursor, 'bigint') });
  return page(rows, limit, presentInvite);
}

/**
 * Takes an invite back that nobody has used.
 *
 * @throws PortalError `not_signed_in`, `forbidden`, `not_found`, `invite_used`
 */
export async function revokeInvite({ db }: Portal, caller: Caller, id: InviteId): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const actor = requireAdmin(await authorize(trx, caller));
    const row = await lockInvite(trx, id);
    if (row === undefined) throw new PortalError('not_found', `There is no invite ${id}.`);
    if (row.usedAt !== null) {
      throw new PortalError(
        'invite_used',
        'Somebody has signed in with this invite. Disable the account instead.',
      );
    }
    await deleteInvite(trx, id);
    const { email, role } = row;
    await writeAudit(trx, actorName(actor), 'invite.revoked', `invite:${id}`, { email, role });
  });
}

function presentInvite(row: InviteRow): Invite {
  const { id, email, role, invitedBy, usedBy } = row;
  return {
    id,
    email,
    role,
    invitedBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    usedAt: row.usedAt?.toISOString() ?? null,
    usedBy,
  };
}
