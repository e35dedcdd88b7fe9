/**
 * The API as a process: one thread serves requests, and one syncs the sheet. Both begin here, so that
 * the API also runs as one bundled file.
 */
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const { runPortal } = await import('./run.ts');
  await runPortal(new URL(import.meta.url));
} else {
  const { runSyncThread } = await import('./sync/threadMain.ts');
  await runSyncThread();
}
