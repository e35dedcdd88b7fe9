/** The API as the stack tests run it: the same, with deadlines and pauses that a test can wait for. */
import { readConfig } from '../../../api/config/config.ts';
import { TIMING, type Timing } from '../../../api/timing.ts';
import { createLogger } from '../../../api/log.ts';
import { startPortal } from '../../../api/start.ts';
import { startSync } from '../../../api/sync/index.ts';

const SECOND = 1_000;

const timing: Timing = {
  ...TIMING,
  repost: 5 * SECOND,
  post: 3 * SECOND,
  taken: 4 * SECOND,
  backoff: { first: 0.3 * SECOND, most: 2 * SECOND },
  nextAttempt: { first: 0.3 * SECOND, most: 2 * SECOND },
};

const config = readConfig(process.env);
const log = createLogger(config.logLevel);
const portal = await startPortal({ config, log, timing, startSync });
process.once('SIGTERM', () => void portal.stop().then(() => process.exit(0)));
