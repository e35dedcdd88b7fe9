import { PortalError } from '../errors.ts';
import type { IfMatch } from '../http/ifMatch.ts';
import { revisionOf } from './present.ts';
import type { MaterialRecord } from './repository.ts';

/**
 * Only what people edit counts: an analysis that came in between makes nobody's edit stale.
 *
 * @throws PortalError `stale`
 */
export function requireCurrent({ id, revision }: MaterialRecord, ifMatch: IfMatch): void {
  if (ifMatch === '*' || ifMatch.some((tag) => revisionOf(tag) === revision)) return;
  throw new PortalError(
    'stale',
    `Material ${id} was changed in between and is at revision ${revision}. Get it again, put the ` +
      'edit on what it says now, and send it with the new ETag.',
  );
}
