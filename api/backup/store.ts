/** The few things that a backup needs of a folder or a bucket. Keys are `<set>/<file>`. */
export interface BackupStore {
  /** As people write it, for messages. */
  readonly where: string;
  /** All of the file or nothing of it, on disk when this resolves. */
  put(key: string, body: Buffer): Promise<void>;
  /** Null: there is no such file. */
  get(key: string): Promise<Buffer | null>;
  /** Keys that begin with this text; `[]` also where nothing was ever written. */
  keys(prefix: string): Promise<string[]>;
  /** Nothing happens if it is gone already. */
  remove(key: string): Promise<void>;
}

export interface StoreOptions {
  /** Breaks off what is under way. */
  readonly signal?: AbortSignal;
  /** S3 by `host/bucket` instead of `bucket.host`: what most servers other than Amazon's need. */
  readonly pathStyle: boolean;
}
