/**
 * The operations of a folder or a bucket that a backup needs. Keys are `<set>/<file>`. A signal
 * cancels a request, where that is possible.
 */
export interface BackupStore {
  /** The address as people write it, for messages. */
  readonly where: string;
  /** All of the file or nothing of it, on disk when this resolves. */
  put(key: string, body: Buffer, signal?: AbortSignal): Promise<void>;
  /** Null: there is no such file. */
  get(key: string, signal?: AbortSignal): Promise<Buffer | null>;
  /** Keys that begin with this text; `[]` also where nothing was ever written. */
  keys(prefix: string, signal?: AbortSignal): Promise<string[]>;
  /** Nothing happens if it is gone already. */
  remove(key: string, signal?: AbortSignal): Promise<void>;
}

/** How long one request to a store, and all of them together, may take; in milliseconds. */
export interface BackupDeadlines {
  readonly request: number;
  readonly all: number;
}

export interface StoreOptions {
  /** Breaks off what is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Left out: DEADLINES. */
  readonly deadlines?: BackupDeadlines | undefined;
  /** S3 by `host/bucket` instead of `bucket.host`: what most servers other than Amazon's need. */
  readonly pathStyle: boolean;
}
