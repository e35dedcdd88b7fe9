import { DEADLINES, withDeadlines } from './deadlines.ts';
import { openFolder } from './folderStore.ts';
import { locationText, type BackupLocation } from '../config/backupLocation.ts';
import { openS3 } from './s3Store.ts';
import type { BackupStore, StoreOptions } from './store.ts';

export async function openStore(
  location: BackupLocation,
  { signal, deadlines = DEADLINES, pathStyle }: StoreOptions,
): Promise<BackupStore> {
  const where = locationText(location);
  const store =
    location.kind === 'folder'
      ? openFolder(location.path, where)
      : await openS3(location, where, pathStyle);
  return withDeadlines(store, deadlines, signal);
}
