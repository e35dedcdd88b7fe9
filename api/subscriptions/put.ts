import { v7 as uuidv7 } from 'uuid';
import type { EventType, JobKind } from '../../core/index.ts';
import { writeAudit } from '../audit/repository.ts';
import { actorName } from '../auth/actor.ts';
import { authorize, requireService } from '../auth/authorize.ts';
import { subscriptionIdSchema } from '../db/ids.ts';
import type { SubscribedWorkflow } from '../db/schema.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import { hasten } from '../jobs/queue.ts';
import type { Portal } from '../portal.ts';
import { requireFree } from './conflict.ts';
import { presentSubscription } from './present.ts';
import { deleteFormer, findClaimants, lockClaimants, upsertSubscription } from './repository.ts';
import type { Subscription } from './schemas.ts';

interface Input {
  readonly url: string;
  readonly eventTypes: readonly EventType[];
  readonly kinds: readonly JobKind[];
  readonly test: boolean;
  readonly takeOver: boolean;
  readonly workflow: SubscribedWorkflow | null;
}

/**
 * Registers a URL for events, or replaces what it was registered for. A subscription to
 * `job.requested` claims the jobs of its kinds, and gets the waiting jobs at once. If another
 * subscription claims them already, only `takeOver` takes them from it. A test subscription claims
 * nothing and gets one sample. If a trigger registers a new address, its former registration is
 * deleted.
 *
 * @throws PortalError `not_signed_in`, `forbidden`, `kind_taken`, `invalid` if the URL is not one of
 *   N8N_ORIGINS
 */
export async function putSubscription(
  portal: Portal,
  caller: Caller,
  input: Input,
): Promise<Subscription> {
  requireOrigin(portal.config.n8n.origins, input.url);
  const subscription = await portal.db.transaction().execute(async (trx) => {
    const actor = requireService(await authorize(trx, caller));
    await lockClaimants(trx);
    const { url, eventTypes, kinds, test, takeOver, workflow } = input;
    if (workflow !== null && !test) await deleteFormer(trx, workflow, url);
    const canClaim = !test && eventTypes.includes('job.requested');
    if (canClaim && !takeOver) requireFree(input, await findClaimants(trx));
    const row = await upsertSubscription(trx, {
      id: subscriptionIdSchema.parse(uuidv7()),
      url,
      test,
      workflow,
      eventTypes: [...new Set(eventTypes)],
      kinds: [...new Set(kinds)],
    });
    const shown = presentSubscription(row, await findClaimants(trx));
    await hasten(trx, shown.claims);
    const details = { url, test, takeOver, workflow, kinds: row.kinds };
    await writeAudit(trx, actorName(actor), 'subscription.put', `subscription:${row.id}`, details);
    return shown;
  });
  portal.wakeDispatch();
  if (subscription.test) portal.sendSample(subscription.id);
  return subscription;
}

function requireOrigin(origins: readonly string[], url: string): void {
  if (URL.canParse(url) && origins.includes(new URL(url).origin)) return;
  const message = `must be at an n8n that the portal allows (${origins.join(', ')})`;
  throw new PortalError('invalid', `Not valid: url ${message}.`, [{ path: 'url', message }]);
}
