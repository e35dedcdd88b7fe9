import { v7 as uuidv7 } from 'uuid';
import type { EventType, JobKind } from '../../core/index.ts';
import { writeAudit } from '../audit/repository.ts';
import { actorName, type Presented } from '../auth/actor.ts';
import { authorize, requireService } from '../auth/authorize.ts';
import { subscriptionId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import { hasten } from '../jobs/queue.ts';
import type { Portal } from '../portal.ts';
import { presentSubscription, type Subscription } from './present.ts';
import { findClaimants, upsertSubscription } from './repository.ts';

/**
 * Registers a URL for events, or replaces what it was registered for. What is put last for a kind
 * claims that kind's jobs, and gets those that wait at once; a test one claims nothing and gets one
 * sample.
 *
 * @throws PortalError `not_signed_in`, `forbidden`, `invalid` if the URL is not one of N8N_ORIGINS
 */
export async function putSubscription(
  portal: Portal,
  presented: Presented,
  input: { url: string; eventTypes: EventType[]; kinds: JobKind[]; test: boolean },
): Promise<Subscription> {
  requireOrigin(portal.config.n8n.origins, input.url);
  const subscription = await portal.db.transaction().execute(async (trx) => {
    const actor = requireService(await authorize(trx, presented));
    const id = subscriptionId.parse(uuidv7());
    const row = await upsertSubscription(trx, {
      id,
      url: input.url,
      eventTypes: [...new Set(input.eventTypes)],
      kinds: [...new Set(input.kinds)],
      test: input.test,
    });
    const shown = presentSubscription(row, await findClaimants(trx));
    await hasten(trx, shown.claims);
    const { eventTypes, kinds, test } = shown;
    const details = { url: row.url, eventTypes, kinds, test };
    await writeAudit(trx, actorName(actor), 'subscription.put', `subscription:${row.id}`, details);
    return shown;
  });
  portal.wakeDispatch();
  if (subscription.test) portal.sendSample(subscription.id);
  return subscription;
}

function requireOrigin(origins: readonly string[], url: string): void {
  if (URL.canParse(url) && origins.includes(new URL(url).origin)) return;
  const message = `must be a URL of one of N8N_ORIGINS (${origins.join(', ')})`;
  throw new PortalError('invalid', `Not valid: url ${message}.`, [{ path: 'url', message }]);
}
