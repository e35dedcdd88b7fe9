import closeWithGrace from 'close-with-grace';
import { startBackups } from './backup/index.ts';
import { readConfig, type Config } from './config/config.ts';
import { ConfigError } from './config/variables.ts';
import { createLogger } from './log.ts';
import { startPortal, STOP_PATIENCE_MS, type RunningPortal } from './start.ts';
import { syncOnThread } from './sync/thread.ts';

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/**
 * Runs one instance until it is asked to stop.
 *
 * @param entry the module that the sync's thread begins with
 */
export async function runPortal(entry: URL): Promise<void> {
  const config = configOrExit();
  const log = createLogger(config.logLevel);
  let portal: RunningPortal | undefined;
  const cutOff = (why: string, err?: unknown) =>
    log.fatal(
      { err, running: portal?.running() },
      `${why}: stopped before everything was finished`,
    );
  closeWithGrace(
    {
      delay: config.stopDelayMs + STOP_PATIENCE_MS,
      onTimeout: (ms) => cutOff(`stopping took longer than ${ms} ms`),
      onSecondSignal: (signal) => cutOff(`a second ${signal}`),
      onSecondError: (error) => cutOff('an error while stopping', error),
      logger: { error: (error?: unknown) => cutOff('stopping failed', error) },
    },
    async ({ signal, err }) => {
      if (err) log.fatal({ err }, 'an error that nothing caught');
      else log.info({ signal }, 'asked to stop');
      // An instance that is still starting takes no requests, so it can end at any point.
      await portal?.stop();
    },
  );
  try {
    portal = await startPortal({ config, log, startSync: syncOnThread(entry), startBackups });
  } catch (error) {
    log.fatal({ err: error }, 'the API cannot start');
    process.exit(1);
  }
}
