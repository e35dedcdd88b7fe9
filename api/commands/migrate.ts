/**
 * `npm run db:migrate`: brings the database to this version and ends. The API does the same when it starts.
 * A deployment runs this command first. If a migration fails, the deployment stops, and instances of the
 * version before still serve requests.
 */
import { readDatabaseUrl } from '../config/config.ts';
import { connect, LONG_LIMITS } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { createLogger } from '../log.ts';
import { runCommand } from './runCommand.ts';

await runCommand(async () => {
  const databaseUrl = readDatabaseUrl(process.env);
  const log = createLogger('info');
  const db = connect(databaseUrl, log, LONG_LIMITS);
  try {
    await migrate(db, log);
    console.log('The database is at this version.');
  } finally {
    await db.destroy();
  }
});
