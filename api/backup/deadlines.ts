import type { BackupDeadlines, BackupStore } from './store.ts';

/** A catalog of 20,000 materials is about 100 MB: 2 minutes a file at 7 Mbit/s. */
export const DEADLINES: BackupDeadlines = { request: 2 * 60_000, all: 20 * 60_000 };

/**
 * The store with a time limit for each request and for all of them together. Some requests cannot be
 * cancelled, such as a write to a hanging network file system. Then the API no longer waits.
 * @param signal breaks off the requests under way
 */
export function withDeadlines(
  store: BackupStore,
  { request, all }: BackupDeadlines,
  signal: AbortSignal | undefined,
): BackupStore {
  const end = Date.now() + all;

  async function within<T>(what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const ending = new AbortController();
    const stop = () => ending.abort(signal?.reason);
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    const left = Math.max(0, Math.min(request, end - Date.now()));
    const late = setTimeout(() => {
      const limit = left < request ? `all of it within ${all / 1000}` : `within ${request / 1000}`;
      ending.abort(new StoreTooSlow(`${store.where}: ${what} did not finish ${limit} s.`));
    }, left);
    try {
      return await Promise.race([rejected(ending.signal), work(ending.signal)]);
    } catch (error) {
      // The reason of the abort says more than the store's own error.
      throw ending.signal.aborted ? (ending.signal.reason as Error) : error;
    } finally {
      clearTimeout(late);
      signal?.removeEventListener('abort', stop);
    }
  }

  return {
    where: store.where,
    put: (key, body) => within(`writing ${key}`, (signal) => store.put(key, body, signal)),
    get: (key) => within(`reading ${key}`, (signal) => store.get(key, signal)),
    keys: (prefix) => within('listing its files', (signal) => store.keys(prefix, signal)),
    remove: (key) => within(`deleting ${key}`, (signal) => store.remove(key, signal)),
  };
}

/** A store that does not answer, or too slowly. The message says which, what and how long. */
export class StoreTooSlow extends Error {
  override readonly name = 'StoreTooSlow';
}

function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
