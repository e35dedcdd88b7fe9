import { Cron } from 'croner';
import type { Kysely } from 'kysely';
import type { Retention } from '../config/config.ts';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';
import { catalogState, countWords } from '../search/index.ts';
import { sweep } from './sweep.ts';

export interface Housekeeping {
  /** Ends after the batch that runs. */
  stop(): Promise<void>;
}

/**
 * Sweeps every hour, and counts the catalog's words every five minutes if the catalog has changed. The minute
 * of the sweep and both seconds are random, so that instances do not all work at once.
 */
export function startHousekeeping(
  deps: { db: Kysely<Database>; log: Logger; retention: Retention },
  pattern = `${anyOf60()} ${anyOf60()} * * * *`,
): Housekeeping {
  const { db, retention } = deps;
  const log = deps.log.child({ part: 'housekeeping' });
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const repeat = (when: string, work: () => Promise<void>): Cron =>
    new Cron(when, { protect: true }, async () => {
      const run = work().catch((error: unknown) => {
        log.error({ err: error }, 'housekeeping failed; it is tried again later');
      });
      running.add(run);
      await run;
      running.delete(run);
    });

  let counted = '';
  const jobs = [
    repeat(pattern, async () => {
      const deleted = await sweep(db, retention, stopping.signal);
      log.info({ deleted }, 'deleted rows that are not needed any more');
    }),
    repeat(`${anyOf60()} */5 * * * *`, async () => {
      const state = await catalogState(db);
      if (state === counted) return;
      await countWords(db);
      counted = state;
    }),
  ];
  return {
    stop: async () => {
      for (const job of jobs) job.stop();
      stopping.abort();
      await Promise.all(running);
    },
  };
}

function anyOf60(): number {
  return Math.floor(Math.random() * 60);
}
