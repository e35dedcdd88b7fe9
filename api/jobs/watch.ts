import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { backoff } from '../../core/index.ts';
import type { JobId } from '../db/ids.ts';
import type { Logger } from '../log.ts';

/** The channel of migration 011. Its payload is the job's id. */
const CHANNEL = 'materi_job';

const RECONNECT = { first: 200, most: 10_000 };

/** Calls functions of this instance after a job has changed. Any instance may have made the change. */
export interface JobWatch {
  /**
   * Calls `onChange` after each change of the job, and also when a change may have been missed. It gives
   * no details: the caller reads the job.
   *
   * @returns ends the watch
   */
  watch(id: JobId, onChange: () => void): () => void;
  /** Ends all watches: `onChange` is called a last time. */
  close(): Promise<void>;
}

/** One connection an instance, opened with the first watch. It connects again after an error. */
export function openJobWatch(databaseUrl: string, log: Logger): JobWatch {
  const watchers = new Map<string, Set<() => void>>();
  const stopping = new AbortController();
  let listening: Promise<void> | undefined;
  /** Ends the connection that listens now. */
  let stop: () => void = () => undefined;

  const tell = (id: string) => watchers.get(id)?.forEach((onChange) => onChange());
  const tellAll = () => [...watchers.keys()].forEach(tell);

  async function listenOnce(): Promise<void> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'materi-api-jobs',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      query_timeout: 5_000,
    });
    const ended = new Promise<void>((resolve, reject) => {
      client.on('error', reject);
      client.on('end', resolve);
      stop = resolve;
    });
    // The connection may be lost before anybody waits for its end.
    ended.catch(() => undefined);
    client.on('notification', ({ payload }) => tell(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      // Changes before this moment were not told.
      tellAll();
      if (!stopping.signal.aborted) await ended;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function listen(): Promise<void> {
    for (let tries = 1; !stopping.signal.aborted; tries += 1) {
      try {
        await listenOnce();
        tries = 0;
      } catch (error) {
        log.warn({ err: error }, 'the connection that listens for changes of jobs was lost');
      }
      const pause = backoff(RECONNECT, Math.max(1, tries));
      await wait(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  return {
    watch(id, onChange) {
      const ofJob = watchers.get(id) ?? new Set();
      watchers.set(id, ofJob.add(onChange));
      listening ??= listen();
      return () => {
        ofJob.delete(onChange);
        if (ofJob.size === 0 && watchers.get(id) === ofJob) watchers.delete(id);
      };
    },
    async close() {
      stopping.abort();
      stop();
      tellAll();
      await listening;
    },
  };
}
