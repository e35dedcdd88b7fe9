import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { writeAudit } from '../audit/repository.ts';
import type { Database } from '../db/schema.ts';
import type { Portal } from '../portal.ts';
import type { CertificateOf } from './googleSignature.ts';
import { endSessions, findByGoogleId, refuseTokensBefore, useSecurityEvent } from './repository.ts';
import type { SecurityEventError } from './schemas.ts';
import {
  readSecurityEvent,
  SecurityEventRefused,
  type AccountEvent,
  type SecurityEvent,
} from './securityEvent.ts';

/** The audit log's name for Google. */
const GOOGLE = 'google';

/**
 * Takes a security event token of Google, and ends all sessions of the person that it names. From now on
 * the portal refuses ID tokens from before the event. So a thief cannot sign in with one.
 *
 * If Google has disabled an account, the portal does not disable the person as well. Google gives it no ID
 * tokens until it is enabled, and a lost `account-enabled` would lock the person out.
 *
 * A token that arrives again has no effect: Google repeats a delivery when it has seen no answer.
 *
 * @returns null, or the reason for which the portal refuses the token
 * @throws PortalError `google_unavailable`: Google sends the token again
 */
export async function receiveSecurityEvent(
  { config, db, log }: Portal,
  certificateOf: CertificateOf,
  token: string,
): Promise<SecurityEventError | null> {
  let event: SecurityEvent;
  try {
    event = await readSecurityEvent(certificateOf, config.google.clientId, token);
  } catch (error) {
    if (error instanceof SecurityEventRefused) return error.answer;
    throw error;
  }
  const { id, issuedAt, events, isVerification } = event;
  const hash = createHash('sha256').update(id).digest('hex');
  await db.transaction().execute(async (trx) => {
    if (!(await useSecurityEvent(trx, hash))) return;
    for (const one of events) await apply(trx, one, issuedAt);
    if (isVerification) await writeAudit(trx, GOOGLE, 'google.verification', 'portal');
  });
  log.info({ kinds: events.map(({ kind }) => kind), isVerification }, 'a security event of Google');
  return null;
}

async function apply(
  trx: Transaction<Database>,
  { kind, googleId, reason }: AccountEvent,
  issuedAt: Date,
): Promise<void> {
  const user = (await findByGoogleId(trx, googleId))?.id;
  // Google also reports people that tried to sign in and were refused. They are no users of the portal.
  if (user === undefined) return;
  if (kind !== 'account-enabled') {
    await refuseTokensBefore(trx, user, issuedAt);
    await endSessions(trx, user, null);
  }
  const details = reason === null ? {} : { reason };
  await writeAudit(trx, GOOGLE, `google.${kind.replaceAll('-', '_')}`, `user:${user}`, details);
}
