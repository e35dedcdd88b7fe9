/** `npm run catalog:restore -- --from <folder|file:///…|s3://…> [--dry-run]`: puts a backup back. */
import { parseArgs } from 'node:util';
import { isPathStyle, readDatabaseUrl } from '../config/config.ts';
import { connect, LONG_LIMITS } from '../db/connect.ts';
import { isMigrated, migrate } from '../db/migrate.ts';
import { createLogger } from '../log.ts';
import { runCommand } from './runCommand.ts';
import {
  LOCATION_FORM,
  parseLocationOrPath,
  type BackupLocation,
} from '../config/backupLocation.ts';
import { BackupError, readBackup } from '../backup/read.ts';
import { comparisonText } from '../backup/report.ts';
import { previewRestore, restore } from '../backup/restore.ts';

const USAGE = `npm run catalog:restore -- --from <folder, ${LOCATION_FORM}> [--dry-run]`;

function readArguments(): { from: BackupLocation; isDryRun: boolean } {
  const options = { from: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;
  let given: { from?: string | undefined; 'dry-run'?: boolean | undefined };
  try {
    given = parseArgs({ options }).values;
  } catch (error) {
    throw new BackupError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
  const from = given.from === undefined ? null : parseLocationOrPath(given.from);
  if (from === null) throw new BackupError(`--from does not say where the backup is.\n${USAGE}`);
  return { from, isDryRun: given['dry-run'] === true };
}

await runCommand(async () => {
  const { from, isDryRun } = readArguments();
  const log = createLogger('warn');
  const db = connect(readDatabaseUrl(process.env), log, LONG_LIMITS);
  try {
    const { where, manifest, materials } = await readBackup(from, {
      pathStyle: isPathStyle(process.env),
    });
    console.log(
      `${where}: ${manifest.rows} materials, made ${manifest.madeAt}, whole and unaltered`,
    );
    if (isDryRun && !(await isMigrated(db))) {
      throw new BackupError(
        'The database has not been prepared by this version of the portal. Without --dry-run, this ' +
          'command prepares it, as the API does when it starts.',
      );
    }
    if (!isDryRun) await migrate(db, log);
    const comparison = isDryRun
      ? await previewRestore(db, materials)
      : await restore(db, materials, where);
    console.log(comparisonText(comparison, isDryRun));
  } finally {
    await db.destroy();
  }
});
