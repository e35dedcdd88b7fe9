/**
 * Runs the sync of one instance in a process that freezes itself (SIGSTOP) once at a named point.
 * sync.frozen.test.ts starts it, with its task as JSON in the first argument. It logs to its output.
 */
import { connect } from '../../api/db/connect.ts';
import { createLogger } from '../../api/log.ts';
import { startSync } from '../../api/sync/index.ts';
import type { LeadTiming } from '../../api/sync/leader.ts';
import { googleTransport } from '../../api/sync/transport.ts';
import { testConfig } from './portal.ts';

export interface FreezeOrder {
  readonly databaseUrl: string;
  readonly google: object;
  readonly leadTiming: LeadTiming;
  /**
   * `read`: the sheet was read, and nothing is planned. `unsent`: the plan is in PostgreSQL, and the batch
   * is not sent. `taken`: the sheet took the batch, and the process does not know it.
   */
  readonly point: 'read' | 'unsent' | 'taken' | 'never';
}

const order = JSON.parse(process.argv[2] ?? '') as FreezeOrder;
const config = testConfig(order.databaseUrl, 'http://127.0.0.1:1', order.google);
const log = createLogger('info');
let hasFrozen = false;

function freezeAt(point: FreezeOrder['point']): void {
  if (point !== order.point || hasFrozen) return;
  hasFrozen = true;
  process.kill(process.pid, 'SIGSTOP');
}

const sync = startSync({
  db: connect(order.databaseUrl, log),
  config,
  log,
  leadTiming: order.leadTiming,
  openTransport: (google, ended) => {
    const transport = googleTransport(google, ended);
    return {
      ...transport,
      read: async (...asked) => {
        const values = await transport.read(...asked);
        freezeAt('read');
        return values;
      },
      write: async (...sent) => {
        freezeAt('unsent');
        const shown = await transport.write(...sent);
        freezeAt('taken');
        return shown;
      },
    };
  },
});
process.once('SIGTERM', () => void sync.stop().then(() => process.exit(0)));
