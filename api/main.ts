import closeWithGrace from 'close-with-grace';
import { startBackups } from './backup/index.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createLogger } from './log.ts';
import { startPortal } from './start.ts';
import { startSync } from './sync/index.ts';

/** In milliseconds; what is not finished by then is cut off. */
const GRACE = 8_000;

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

const config = configOrExit();
const log = createLogger(config.logLevel);
try {
  const portal = await startPortal({ config, log, startSync, startBackups });
  closeWithGrace({ delay: GRACE, logger: false }, async ({ signal, err }) => {
    if (err) log.fatal({ err }, 'an error that nothing caught');
    else log.info({ signal }, 'told to stop');
    await portal.stop();
  });
} catch (error) {
  log.fatal({ err: error }, 'the API cannot start');
  process.exit(1);
}
