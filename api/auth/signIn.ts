import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit/repository.ts';
import { sessionFamily, sessionId } from '../db/ids.ts';
import type { Portal } from '../portal.ts';
import type { VerifyIdToken } from './googleIdToken.ts';
import { newRefreshToken, refreshTokenHash, SESSION_LIFE } from './refreshToken.ts';
import { insertSession, upsertUser } from './repository.ts';
import { presentSession, type Session } from './session.ts';

/**
 * Signs a person in with a Google ID token. Who comes for the first time becomes a teacher, or an
 * admin if ADMIN_EMAILS names the address; later sign-ins leave the role alone, so a demotion stays.
 *
 * @throws PortalError `token_refused`, `google_unavailable`
 */
export async function signIn(
  portal: Portal,
  verifyIdToken: VerifyIdToken,
  { idToken, nonce }: { idToken: string; nonce?: string | undefined },
): Promise<Session> {
  const { config, db } = portal;
  const person = await verifyIdToken(idToken, nonce);
  const role = config.adminEmails.includes(person.email.toLowerCase()) ? 'admin' : 'teacher';
  const id = sessionId.parse(uuidv7());
  const family = sessionFamily.parse(id);
  const refreshToken = newRefreshToken();

  const user = await db.transaction().execute(async (trx) => {
    const row = await upsertUser(trx, { ...person, role });
    await insertSession(trx, {
      id,
      userId: row.id,
      family,
      tokenHash: refreshTokenHash(refreshToken),
      life: SESSION_LIFE,
    });
    if (row.first) {
      await writeAudit(trx, `user:${row.id}`, 'user.created', `user:${row.id}`, { role });
    }
    return row;
  });
  return presentSession(config.jwtSecret, user, family, refreshToken);
}
