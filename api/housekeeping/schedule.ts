import { Cron } from 'croner';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';
import { sweep } from './sweep.ts';

export interface Housekeeping {
  /** Ends after the batch that runs. */
  stop(): Promise<void>;
}

/** Sweeps every hour, at a random minute and second, so that instances do not all sweep at once. */
export function startHousekeeping(
  deps: { db: Kysely<Database>; log: Logger },
  pattern = `${anyOf60()} ${anyOf60()} * * * *`,
): Housekeeping {
  const log = deps.log.child({ part: 'housekeeping' });
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      log.info(
        { deleted: await sweep(deps.db, stopping.signal) },
        'deleted rows that are not needed any more',
      );
    } catch (error) {
      log.error({ err: error }, 'housekeeping failed; it is tried again within the hour');
    }
  };
  const job = new Cron(pattern, { protect: true }, () => (running = run()));
  return {
    stop: async () => {
      job.stop();
      stopping.abort();
      await running;
    },
  };
}

function anyOf60(): number {
  return Math.floor(Math.random() * 60);
}
