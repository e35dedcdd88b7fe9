import { openFolder } from './folderStore.ts';
import { locationText, type BackupLocation } from './location.ts';
import { openS3 } from './s3Store.ts';
import type { BackupStore, StoreOptions } from './store.ts';

export async function openStore(
  location: BackupLocation,
  options: StoreOptions,
): Promise<BackupStore> {
  const where = locationText(location);
  return location.kind === 'folder'
    ? openFolder(location.path, where)
    : openS3(location, where, options);
}
