import { authorize, requireService } from '../auth/authorize.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { presentSubscription } from './present.ts';
import { findClaimants, listSubscriptions as read } from './repository.ts';
import type { Subscription } from './schemas.ts';

/** Subscriptions, the last put first; with a URL, that one or none. @throws PortalError */
export async function listSubscriptions(
  { db }: Portal,
  caller: Caller,
  url: string | undefined,
): Promise<Subscription[]> {
  requireService(await authorize(db, caller));
  const claimants = await findClaimants(db);
  return (await read(db, url)).map((row) => presentSubscription(row, claimants));
}
