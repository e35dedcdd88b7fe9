import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit/repository.ts';
import { sessionIdSchema } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Portal } from '../portal.ts';
import { ACCESS_TOKEN_LIFE } from './accessToken.ts';
import { refreshTokenHash, REUSE_GRACE, successorOf } from './refreshToken.ts';
import { endFamily, findUser, insertSession, lockSession, markRotated } from './repository.ts';
import type { Session } from './schemas.ts';
import { presentSession } from './session.ts';

/**
 * Exchanges a refresh token for its successor. Within ten seconds the same token gives the same successor.
 * Two tabs may send it, or an answer may be lost. Later, somebody else must have the token, and the whole
 * family ends (RFC 9700, section 4.14.2). A session ends after 7 days without a refresh, and 30 days after
 * its sign-in at the latest. No access token is valid for longer than its session.
 *
 * @throws PortalError `token_refused`
 */
export async function refresh(portal: Portal, token: string): Promise<Session> {
  const { config, db } = portal;
  const successor = successorOf(config.jwtKey, token);

  // The end of a family has to be committed, so it is returned from the transaction, not thrown.
  const session = await db.transaction().execute(async (trx) => {
    const row = await lockSession(trx, refreshTokenHash(token), REUSE_GRACE);
    if (row === undefined || row.over || row.secondsLeft < 1) return null;
    if (row.rotatedAt === null) {
      const next = sessionIdSchema.parse(uuidv7());
      await insertSession(trx, {
        id: next,
        userId: row.userId,
        family: row.family,
        tokenHash: refreshTokenHash(successor),
      });
      await markRotated(trx, row.id, next);
    } else if (row.reused) {
      await endFamily(trx, row.family);
      const who = `user:${row.userId}`;
      await writeAudit(trx, who, 'session.reused', who, { family: row.family });
      return null;
    }
    const user = await findUser(trx, row.userId);
    if (user.disabledAt !== null) return null;
    return presentSession(config.jwtKey, user, {
      family: row.family,
      refreshToken: successor,
      expiresIn: Math.min(ACCESS_TOKEN_LIFE, Math.floor(row.secondsLeft)),
    });
  });
  if (session === null) {
    throw new PortalError('token_refused', 'This session has ended. Sign in again.');
  }
  return session;
}
