/**
 * Runs the cycles of one instance in a process that kills itself at a named point. adversary/crashes.ts
 * starts it, with its task as JSON in the first argument.
 */
import { openSheet } from '../../core/index.ts';
import { connect } from '../../api/db/connect.ts';
import { createLogger } from '../../api/log.ts';
import { syncCycle, type CycleResult } from '../../api/sync/cycle.ts';
import { Parking } from '../../api/sync/parking.ts';
import { googleTransport } from '../../api/sync/transport.ts';
import { testConfig } from './portal.ts';

export interface CrashOrder {
  readonly databaseUrl: string;
  readonly google: object;
  readonly tab: string;
  /** A row that a person pastes between the first read and its write; null: nobody does. */
  readonly paste: { readonly url: string; readonly cells: Readonly<Record<string, string>> } | null;
  /**
   * `committed`: the plan is in PostgreSQL and not sent. `accepted`: the sheet took the batch, and nobody
   * knows of it. `read`: a read showed the batch, and the plan is not settled.
   */
  readonly point: 'committed' | 'accepted' | 'read';
  /** At which batch of this process. The second batch is the rollback. */
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

/** A person inserts a row above the first material and pastes cells into it. */
async function paste({ url, cells }: NonNullable<CrashOrder['paste']>): Promise<void> {
  const post = async (path: string, body: object) => {
    const response = await fetch(`${url}/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  await post('rows', { tab: order.tab, action: 'insert', index: 1 });
  for (const [column, value] of Object.entries(cells)) {
    await post('edit', { tab: order.tab, a1: `${column}2`, value });
  }
}

const sheet = openSheet(
  {
    ...transport,
    read: async (...asked) => {
      const values = await transport.read(...asked);
      dieAt('read');
      return values;
    },
    write: async (...asked) => {
      batch += 1;
      if (batch === 1 && order.paste !== null) await paste(order.paste);
      dieAt('committed');
      const answer = await transport.write(...asked);
      dieAt('accepted');
      return answer;
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
