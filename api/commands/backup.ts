/** `npm run catalog:backup`: makes a backup now, beside those of every day. */
import { readBackupConfig } from '../config/config.ts';
import { connect, LONG_LIMITS } from '../db/connect.ts';
import { createLogger } from '../log.ts';
import { runCommand } from './runCommand.ts';
import { deleteOld, deleteUnfinished, setsOf } from '../backup/sets.ts';
import { openStore } from '../backup/openStore.ts';
import { writeBackup } from '../backup/write.ts';

await runCommand(async () => {
  const { databaseUrl, backup, catalog } = readBackupConfig(process.env);
  const db = connect(databaseUrl, createLogger('warn'), LONG_LIMITS);
  try {
    const store = await openStore(backup.location, backup);
    const now = new Date();
    // First, because they may be what fills the disk.
    for (const unfinished of await deleteUnfinished(store, now)) {
      console.log(`deleted ${unfinished}: it was never finished`);
    }
    const { name, manifest } = await writeBackup(db, store, catalog, now);
    console.log(`${manifest.rows} materials are in ${store.where}/${name}`);
    const sets = await setsOf(store, catalog.spreadsheetId);
    const deleted = await deleteOld(store, sets, now);
    for (const old of deleted) console.log(`deleted ${old}: it was of over 30 days ago`);
  } finally {
    await db.destroy();
  }
});
