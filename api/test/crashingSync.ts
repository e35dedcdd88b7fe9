/**
 * One instance's cycles in a process of its own, which kills itself at a named point: run by
 * sync.crashes.test.ts with what to do as JSON in its first argument.
 */
import { openSheet } from '../../core/index.ts';
import { connect } from '../db/connect.ts';
import { createLogger } from '../log.ts';
import { syncCycle, type CycleResult } from '../sync/cycle.ts';
import { Parking } from '../sync/parking.ts';
import { googleTransport } from '../sync/transport.ts';
import { testConfig } from './portalBench.ts';

export interface CrashOrder {
  readonly databaseUrl: string;
  readonly google: object;
  readonly tab: string;
  /** Where a person inserts a row between the first read and its write; null: nobody does. */
  readonly insertRow: string | null;
  /**
   * `committed`: the plan is in PostgreSQL, not sent; `accepted`: the sheet took the batch, nothing
   * knows of it; `read`: the batch was seen in the sheet, not marked.
   */
  readonly point: 'committed' | 'accepted' | 'read';
  /** At which batch of this process: the second is the one that puts back. */
  readonly batch: number;
}

const order = JSON.parse(process.argv[2] ?? '') as CrashOrder;
const { google } = testConfig('', '', order.google);
const transport = googleTransport(google);
const db = connect(order.databaseUrl, createLogger('silent'));
let batch = 0;

const dieAt = (point: CrashOrder['point']) => {
  if (point === order.point && batch === order.batch) process.kill(process.pid, 'SIGKILL');
};

const sheet = openSheet(
  {
    describe: () => transport.describe(),
    read: async (...asked) => {
      const values = await transport.read(...asked);
      dieAt('read');
      return values;
    },
    write: async (requests) => {
      batch += 1;
      if (batch === 1 && order.insertRow !== null) {
        const body = JSON.stringify({ tab: order.tab, action: 'insert', index: 1 });
        await fetch(order.insertRow, { method: 'POST', body });
      }
      dieAt('committed');
      await transport.write(requests);
      dieAt('accepted');
    },
  },
  order.tab,
);

const parking = new Parking();
let last: CycleResult | null = null;
for (let cycle = 0; cycle < 8; cycle += 1) {
  last = await syncCycle(
    { connection: db, sheet, parking, sample: () => Promise.resolve([]) },
    last,
  );
  if (!last.isBusy) break;
}
await db.destroy();
