import { sign, verify, type SignedHeaders } from '../../core/index.ts';
import type { Portal } from '../portal.ts';
import { asPortalError, type Headers } from './signed.ts';

/**
 * Answers a signed question with a signed answer and changes nothing. n8n's credential test sends the
 * question. The question shows whether n8n signs with a secret of the portal. The answer shows whether n8n
 * knows the secret with which the portal signs.
 *
 * @throws PortalError `not_signed`
 */
export function check(
  { config }: Portal,
  headers: Headers,
  body: Buffer,
): { headers: SignedHeaders; body: string } {
  const now = Math.floor(Date.now() / 1_000);
  const question = { headers, body: body.toString('utf8'), now };
  const id = asPortalError(() => verify(config.n8n.secretsFrom, question));
  const answer = JSON.stringify({ accepted: true });
  return {
    headers: sign(config.n8n.secretsTo, { id, timestamp: now, body: answer }),
    body: answer,
  };
}
