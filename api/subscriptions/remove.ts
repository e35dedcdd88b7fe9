import { writeAudit } from '../audit/repository.ts';
import { actorName } from '../auth/actor.ts';
import { authorize, requireService } from '../auth/authorize.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { deleteSubscription } from './repository.ts';

/** Takes a URL's registration back; that there is none is as good. @throws PortalError */
export async function removeSubscription(
  { db }: Portal,
  caller: Caller,
  url: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const actor = requireService(await authorize(trx, caller));
    if (await deleteSubscription(trx, url)) {
      await writeAudit(trx, actorName(actor), 'subscription.removed', `url:${url}`);
    }
  });
}
