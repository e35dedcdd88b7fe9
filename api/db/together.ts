import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Keys of one statement. The rows of so many jobs with the largest results fit in memory. */
const KEYS_MOST = 40;

/** A statement that takes longer no longer holds up the next one. */
const SLOW_MS = 50;

interface Waiting<Value> {
  readonly resolve: (value: Value | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** What requests have asked on one database, and no statement has read yet. */
interface Asked<Key, Value> {
  readonly waiting: Map<Key, Waiting<Value>[]>;
  /** A statement is to begin in this turn of the event loop, or one is under way. */
  isBusy: boolean;
}

/**
 * Reads single rows, with one statement for all that requests ask while the statement before is under way.
 * Each request still sees what was committed before it came, because its statement begins after it. In a
 * transaction, the row is read at once.
 *
 * Measured by bench:api: see docs/operations.md.
 *
 * @param read all rows of some keys, by their key; at most KEYS_MOST at once
 */
export function readTogether<Key extends string, Value>(
  read: (db: Kysely<Database>, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (db: Kysely<Database>, key: Key) => Promise<Value | undefined> {
  const databases = new WeakMap<Kysely<Database>, Asked<Key, Value>>();

  async function answer(db: Kysely<Database>, asked: ReadonlyMap<Key, Waiting<Value>[]>) {
    try {
      const found = await read(db, [...asked.keys()]);
      for (const [key, waiting] of asked) for (const one of waiting) one.resolve(found.get(key));
    } catch (error) {
      for (const waiting of asked.values()) for (const one of waiting) one.reject(error);
    }
  }

  async function begin(db: Kysely<Database>, asked: Asked<Key, Value>): Promise<void> {
    const keys = [...asked.waiting].slice(0, KEYS_MOST);
    for (const [key] of keys) asked.waiting.delete(key);
    let isFirst = true;
    const next = () => {
      if (!isFirst) return;
      isFirst = false;
      if (asked.waiting.size > 0) void begin(db, asked);
      else asked.isBusy = false;
    };
    const slow = setTimeout(next, SLOW_MS).unref();
    await answer(db, new Map(keys));
    clearTimeout(slow);
    next();
  }

  function askedOf(db: Kysely<Database>): Asked<Key, Value> {
    const known = databases.get(db);
    if (known !== undefined) return known;
    const asked = { waiting: new Map<Key, Waiting<Value>[]>(), isBusy: false };
    databases.set(db, asked);
    return asked;
  }

  return async (db, key) => {
    if (db.isTransaction) return (await read(db, [key])).get(key);
    const asked = askedOf(db);
    return new Promise((resolve, reject) => {
      const waiting = asked.waiting.get(key) ?? [];
      waiting.push({ resolve, reject });
      asked.waiting.set(key, waiting);
      if (asked.isBusy) return;
      asked.isBusy = true;
      setImmediate(() => void begin(db, asked));
    });
  };
}
