import { v7 as uuidv7 } from 'uuid';
import { sessionFamilySchema, sessionIdSchema } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Portal } from '../portal.ts';
import { ACCESS_TOKEN_LIFE } from './accessToken.ts';
import { admit } from './admit.ts';
import type { ExchangeCode } from './exchangeCode.ts';
import { idTokenHash, type VerifyIdToken } from './googleIdToken.ts';
import { newRefreshToken, refreshTokenHash } from './refreshToken.ts';
import { insertSession, useIdToken } from './repository.ts';
import type { GoogleBody, Session } from './schemas.ts';
import { presentSession } from './session.ts';

/** What asks Google during a sign-in. */
export interface GoogleSignIn {
  readonly verifyIdToken: VerifyIdToken;
  readonly exchangeCode: ExchangeCode;
}

/**
 * Signs a person in with a Google ID token, or with an authorization code. Google exchanges the code for an
 * ID token. The API takes an ID token only once.
 *
 * @throws PortalError `token_refused`, `google_unavailable`, `account_disabled`, `not_invited`; for a code
 *   also `code_refused`, `code_sign_in_off`, `invalid`
 */
export async function signIn(
  { config, db }: Portal,
  { verifyIdToken, exchangeCode }: GoogleSignIn,
  body: GoogleBody,
): Promise<Session> {
  const idToken = 'code' in body ? await exchangeCode(body) : body.idToken;
  const person = await verifyIdToken(idToken, body.nonce);
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
    const row = await admit(trx, config, person);
    if (row.disabledAt !== null) {
      throw new PortalError('account_disabled', 'An admin has disabled this account.');
    }
    if (row.googleEndedAt !== null && person.issuedAt < row.googleEndedAt) {
      throw new PortalError(
        'token_refused',
        'Google has ended all sessions of this account since it made the ID token. Sign in with Google again.',
      );
    }
    await insertSession(trx, {
      id,
      userId: row.id,
      family,
      tokenHash: refreshTokenHash(refreshToken),
    });
    return row;
  });
  return presentSession(config.jwtKey, user, {
    family,
    refreshToken,
    expiresIn: ACCESS_TOKEN_LIFE,
  });
}
