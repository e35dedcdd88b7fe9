import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { z } from 'zod/v4';
import { reportCatalogState } from '../catalog/index.ts';
import type { Logger } from '../log.ts';
import type { Sync, SyncDeps } from './index.ts';

/** The pause before a thread that ended by itself is started again; twice as long each time. */
const RESTART_MS = { first: 1_000, most: 64_000 };
/** A thread that ran for so long was well: the next pause is the first again. */
const WELL_MS = 60_000;

export type ToThread = 'wake' | 'stop';
export type FromThread =
  /** A line of the thread's log, JSON. */
  | { readonly kind: 'line'; readonly line: string }
  /** The sync has stopped. A request to Google may still be open, and keeps the thread alive. */
  | { readonly kind: 'stopped' };

/**
 * Keeps the read model and the sheet in step on a separate thread. Reading 20,000 rows takes 100 ms and
 * more. On this thread, no request would be answered in that time. A thread that ends by itself is started
 * again, and the catalog's status says so.
 *
 * @param entry the module that calls runSyncThread where it runs on a thread
 */
export function syncOnThread(entry: URL) {
  return ({ db, config, log }: Pick<SyncDeps, 'db' | 'config' | 'log'>): Sync => {
    let worker: Worker | undefined;
    let restart: NodeJS.Timeout | undefined;
    let stopping = false;
    let pauseMs = RESTART_MS.first;
    const { promise: stopped, resolve: markStopped } = Promise.withResolvers<undefined>();
    const send = (message: ToThread) => worker?.postMessage(message);

    const begin = () => {
      const startedAt = Date.now();
      let reason: unknown;
      const thread = new Worker(entry, { workerData: config, name: 'sync' });
      worker = thread;
      thread.on('message', (message: FromThread) => {
        if (message.kind === 'line') logAgain(log, message.line);
        else void thread.terminate();
      });
      thread.on('error', (error: unknown) => {
        reason = error;
      });
      thread.on('exit', (code) => {
        worker = undefined;
        if (stopping) {
          markStopped(undefined);
          return;
        }
        if (Date.now() - startedAt > WELL_MS) pauseMs = RESTART_MS.first;
        log.error(
          { err: reason, code, pauseMs },
          'the thread of the sync ended by itself; it starts again after a pause',
        );
        reportEnd().catch((err: unknown) => log.warn({ err }, 'the end was not reported'));
        restart = setTimeout(begin, pauseMs);
        pauseMs = Math.min(2 * pauseMs, RESTART_MS.most);
      });
    };
    /** If another instance leads, its next report replaces this one. */
    const reportEnd = () =>
      reportCatalogState(db, {
        state: 'stopped',
        reason: 'internal',
        detail: null,
        stoppedAt: new Date(),
      });

    begin();
    return {
      wake: () => send('wake'),
      stop: async () => {
        stopping = true;
        clearTimeout(restart);
        if (worker === undefined) return;
        send('stop');
        await stopped;
      },
    };
  };
}

const lineSchema = z.looseObject({
  level: z.number(),
  msg: z.string().default(''),
  time: z.unknown(),
});

/** Logs a thread's line with this thread's logger, which has the output. */
function logAgain(log: Logger, line: string): void {
  const { level, msg, ...others } = lineSchema.parse(JSON.parse(line));
  const fields = { ...others, time: undefined };
  const name = pino.levels.labels[level];
  if (name === 'fatal' || name === 'error' || name === 'warn' || name === 'info') {
    log[name](fields, msg);
  } else log.debug(fields, msg);
}
