import type { Transaction } from 'kysely';
import { writeAudit } from '../audit/repository.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../db/schema.ts';
import { PortalError } from '../errors.ts';
import { lockOpenInvite, markInviteUsed } from '../invites/repository.ts';
import { lowerAscii } from '../lowerAscii.ts';
import type { GooglePerson } from './googleIdToken.ts';
import {
  findByGoogleId,
  isFirstOfAddress,
  lockAddress,
  upsertUser,
  type UserRow,
} from './repository.ts';

/**
 * Lets a person in. A known person keeps the role. A first-time user gets the role
 *
 * - admin, if ADMIN_EMAILS names the address and no user has it yet. So another Google account that later
 *   gets the same address does not become an admin;
 * - of the open invite, which is used up;
 * - teacher, if the portal takes people without an invite, or ADMIN_EMAILS names the address.
 *
 * @throws PortalError `not_invited`
 */
export async function admit(
  trx: Transaction<Database>,
  { adminEmails, needsInvite }: Pick<Config, 'adminEmails' | 'needsInvite'>,
  { googleId, email, name, picture }: GooglePerson,
): Promise<UserRow> {
  const person = { googleId, email, name, picture };
  const address = lowerAscii(email);
  await lockAddress(trx, address);
  const known = await findByGoogleId(trx, googleId);
  // The role of a known person stays, whatever is given here.
  if (known !== undefined) return upsertUser(trx, { ...person, role: known.role });

  const isNamed = adminEmails.includes(address);
  const invite = await lockOpenInvite(trx, address);
  if (needsInvite && !isNamed && invite === undefined) {
    throw new PortalError(
      'not_invited',
      `${email} has no open invite. Ask an admin to invite this address.`,
    );
  }
  const isAdmin = isNamed && (await isFirstOfAddress(trx, address));
  const row = await upsertUser(trx, {
    ...person,
    role: isAdmin ? 'admin' : (invite?.role ?? 'teacher'),
  });
  const actor = `user:${row.id}`;
  if (row.first) await writeAudit(trx, actor, 'user.created', actor, { role: row.role });
  if (invite !== undefined) {
    await markInviteUsed(trx, invite.id, row.id);
    await writeAudit(trx, actor, 'invite.used', `invite:${invite.id}`);
  }
  return row;
}
