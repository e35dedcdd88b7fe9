import type { Transaction } from 'kysely';
import type { TriggerStarted } from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import type { Timing } from '../timing.ts';
import { releaseClaims } from './queue.ts';

/**
 * `trigger.started`: n8n has been started again, so the executions that it ran before are gone. The
 * leases of their claims end now, and the queue then gives each job its next attempt. An execution
 * that reported after the start is still alive, for example on a worker: it keeps its claim.
 *
 * @returns how many claims were released
 */
export async function release(
  trx: Transaction<Database>,
  timing: Timing,
  { instanceId, workflowId, runningForMs }: TriggerStarted['data'],
): Promise<number> {
  // n8n sends the age of its start, because the clocks of n8n and PostgreSQL may differ. A lease
  // that was given or renewed before the start ends before this moment:
  const latestLease = timing.lease - runningForMs;
  return releaseClaims(trx, { instanceId, id: workflowId }, latestLease);
}
