import type { JobKind } from '../../core/index.ts';
import { PortalError } from '../errors.ts';
import type { SubscriptionRow } from './repository.ts';

/**
 * Refuses a subscription that would silently take the jobs of another workflow.
 *
 * @throws PortalError `kind_taken`
 */
export function requireFree(
  { url, kinds }: { url: string; kinds: readonly JobKind[] },
  claimants: ReadonlyMap<JobKind, SubscriptionRow>,
): void {
  for (const kind of kinds) {
    const claimant = claimants.get(kind);
    if (claimant !== undefined && claimant.url !== url) {
      throw new PortalError('kind_taken', reason(kind, claimant));
    }
  }
}

function reason(kind: JobKind, { workflow, url, lastDelivery: last }: SubscriptionRow): string {
  const name = workflow === null ? 'Another workflow' : `The workflow "${workflow.name}"`;
  const isDelivered = last === null || (last.status !== null && last.status < 300);
  const trouble = isDelivered
    ? ''
    : ` It did not accept its last event, at ${last.at}: ${last.error ?? `status ${last.status}`}.`;
  return (
    `${name} at ${url} takes the jobs of the kind "${kind}".${trouble} ` +
    'Unpublish that workflow first. If that is not possible, take over its jobs.'
  );
}
