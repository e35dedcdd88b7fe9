import type { IAllExecuteFunctions } from 'n8n-workflow';
import { sign } from '../../../core/index.ts';
import { exchange, type Exchange } from '../http/exchange.ts';
import { ItemFailure } from '../items/itemFailure.ts';
import { PORTAL_CREDENTIAL, portalUrl, secretsOf, type PortalCredential } from './credential.ts';

const TIMEOUT_MS = 30_000;

/**
 * Posts an event to the portal, tried once. The body is signed as a string, here where the secret is
 * read, and sent byte for byte.
 *
 * @throws ItemFailure if the credential has no secret to sign with
 */
export async function postSigned(
  node: IAllExecuteFunctions,
  id: string,
  body: string,
): Promise<Exchange> {
  const credential = await node.getCredentials<PortalCredential>(PORTAL_CREDENTIAL);
  const secrets = secretsOf(credential.secretFromN8n);
  if (secrets === undefined) {
    throw new ItemFailure(
      'workflow_error',
      'The Materi Portal credential has no Secret From n8n.',
      {
        retryable: false,
        advice: 'Ask an admin of the portal for it: callbacks are not accepted unsigned.',
      },
    );
  }
  const signed = sign(secrets, { id, timestamp: Math.floor(Date.now() / 1_000), body });
  return await exchange(node, PORTAL_CREDENTIAL, {
    method: 'POST',
    url: portalUrl(credential, '/api/webhook/n8n'),
    headers: { ...signed, 'content-type': 'application/json' },
    body,
    timeout: TIMEOUT_MS,
  });
}
