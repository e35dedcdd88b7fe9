import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit/repository.ts';
import { sessionFamilySchema, sessionIdSchema } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import { lowerAscii } from '../lowerAscii.ts';
import type { Portal } from '../portal.ts';
import { ACCESS_TOKEN_LIFE } from './accessToken.ts';
import { idTokenHash, type VerifyIdToken } from './googleIdToken.ts';
import { newRefreshToken, refreshTokenHash } from './refreshToken.ts';
import { insertSession, isFirstOfAddress, upsertUser, useIdToken } from './repository.ts';
import type { Session } from './schemas.ts';
import { presentSession } from './session.ts';

/**
 * Signs a person in with a Google ID token, which is taken once. A first-time user gets the role
 * teacher, or admin if ADMIN_EMAILS names the address and no user has it yet: another Google account
 * that later gets the same address stays a teacher. Later sign-ins do not change the role.
 *
 * @throws PortalError `token_refused`, `google_unavailable`, `account_disabled`
 */
export async function signIn(
  portal: Portal,
  verifyIdToken: VerifyIdToken,
  { idToken, nonce }: { idToken: string; nonce?: string | undefined },
): Promise<Session> {
  const { config, db } = portal;
  const person = await verifyIdToken(idToken, nonce);
  const address = lowerAscii(person.email);
  const id = sessionIdSchema.parse(uuidv7());
  const family = sessionFamilySchema.parse(id);
  const refreshToken = newRefreshToken();

  const user = await db.transaction().execute(async (trx) => {
    if (!(await useIdToken(trx, idTokenHash(idToken)))) {
      throw new PortalError(
        'token_refused',
        'This ID token has been used to sign in already. Sign in with Google again to get a new one.',
      );
    }
    const isAdmin = config.adminEmails.includes(address) && (await isFirstOfAddress(trx, address));
    const role = isAdmin ? 'admin' : 'teacher';
    const row = await upsertUser(trx, { ...person, role });
    if (row.disabledAt !== null) {
      throw new PortalError('account_disabled', 'An admin has disabled this account.');
    }
    await insertSession(trx, {
      id,
      userId: row.id,
      family,
      tokenHash: refreshTokenHash(refreshToken),
    });
    if (row.first) {
      await writeAudit(trx, `user:${row.id}`, 'user.created', `user:${row.id}`, { role });
    }
    return row;
  });
  return presentSession(config.jwtKey, user, {
    family,
    refreshToken,
    expiresIn: ACCESS_TOKEN_LIFE,
  });
}
