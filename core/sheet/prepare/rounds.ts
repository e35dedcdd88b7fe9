import { lastBatch, outcomeOf } from '../confirm.ts';
import { isPassing, readPatiently, waitTurn, type DirectHost } from '../direct/patience.ts';
import { planBatch } from '../plan.ts';
import { NOTHING_TO_MEND, type Plan } from '../planned.ts';
import { batchRequests } from '../requests.ts';
import type { Snapshot } from '../snapshot.ts';
import { SheetError, type SheetTransport } from '../transport.ts';
import { NOTHING } from './headerPlan.ts';

/** A batch holds 1.5 MB of changes; more than this many is a sheet that never comes to rest. */
const MOST_ROUNDS = 100;

/**
 * Reads, plans, writes, and reads again to confirm, until nothing is left to be written and what a
 * batch wrote by mistake is put back.
 *
 * @param next what is still to be written, on the sheet as read; null: nothing
 * @returns the last read, which shows all of it done
 * @throws SheetError if Google refuses for good, or does not answer in time
 */
export async function writeInRounds(
  host: DirectHost,
  transport: SheetTransport,
  read: () => Promise<Snapshot>,
  next: (snapshot: Snapshot) => Plan | null,
): Promise<Snapshot> {
  let sent: Plan | null = null;
  let tries = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const snapshot = await readPatiently(host, read);
    const last = lastBatch(snapshot);
    if (sent !== null && outcomeOf(sent, snapshot, last).landed) tries = 0;
    const mending = last?.mending ?? NOTHING_TO_MEND;
    const plan: Plan | null =
      mending.undo.length > 0
        ? planBatch(host.newId(), snapshot, { ...NOTHING, mending })
        : next(snapshot);
    if (plan === null) return snapshot;
    sent = plan;
    try {
      await transport.write(batchRequests(plan, snapshot));
    } catch (error) {
      // Whether it landed all the same, the next read tells; a refusal may be another writer's doing.
      if (!(error instanceof SheetError) || !mayPass(error)) throw error;
      if (!(await waitTurn(host, tries))) throw error;
      tries += 1;
    }
  }
  throw new SheetError(
    'unknown',
    `The sheet changes faster than it can be prepared (${MOST_ROUNDS} writes). Try again later.`,
  );
}

/** Whether a write is worth another try: a refusal may be another writer's doing, or a tab grown smaller. */
export function mayPass(error: SheetError): boolean {
  return error.kind === 'refused' || isPassing(error);
}
