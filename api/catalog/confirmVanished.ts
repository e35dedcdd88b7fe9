import { writeAudit } from '../audit/repository.ts';
import { actorName } from '../auth/actor.ts';
import { authorize, requireAdmin } from '../auth/authorize.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { confirmVanished as confirm } from './repository.ts';

/**
 * Lets an admin confirm that people meant to delete the vanished materials. The sync then goes on and
 * deletes them.
 *
 * @throws PortalError `not_signed_in`, `forbidden`, `nothing_to_confirm` if sync has not stopped for it
 */
export async function confirmVanished(portal: Portal, caller: Caller): Promise<void> {
  await portal.db.transaction().execute(async (trx) => {
    const actor = requireAdmin(await authorize(trx, caller));
    const vanished = await confirm(trx);
    if (vanished === undefined) {
      throw new PortalError(
        'nothing_to_confirm',
        'Sync has not stopped because materials vanished, so there is nothing to confirm.',
      );
    }
    await writeAudit(trx, actorName(actor), 'catalog.vanished_confirmed', 'catalog', { vanished });
  });
  portal.wakeSync();
}
