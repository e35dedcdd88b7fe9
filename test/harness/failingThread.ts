/** A thread that logs a line and then ends by itself: run by sync.thread.test.ts. */
import { parentPort } from 'node:worker_threads';
import type { FromThread } from '../../api/sync/thread.ts';

const line = JSON.stringify({ level: 30, time: 0, part: 'sync', msg: 'the thread begins' });
parentPort?.postMessage({ kind: 'line', line } satisfies FromThread);
setImmediate(() => {
  throw new Error('an error that nothing caught');
});
