import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../config/config.ts';
import { connect, REQUEST_LIMITS } from '../db/connect.ts';
import { createLogger } from '../log.ts';
import { openTracer } from '../tracing/openTracer.ts';
import { startSync } from './index.ts';
import type { FromThread, ToThread } from './thread.ts';

/** The sync on a separate thread (see syncOnThread). It ends when it is asked to stop. */
export async function runSyncThread(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('This is not a thread.');
  const config = workerData as Config;
  const send = (message: FromThread) => port.postMessage(message);
  const log = createLogger(config.logLevel, { write: (line) => send({ kind: 'line', line }) });
  // For the question which instance leads. The leader has another session.
  const db = connect(config.databaseUrl, log, { ...REQUEST_LIMITS, connections: 1 });
  const tracer = await openTracer(config, log);
  const sync = startSync({ db, config, log, tracer });
  port.on('message', (message: ToThread) => {
    if (message === 'wake') sync.wake();
    else void end();
  });

  async function end(): Promise<void> {
    await sync.stop();
    await Promise.all([db.destroy(), tracer?.close()]);
    send({ kind: 'stopped' });
  }
}
