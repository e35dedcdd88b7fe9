import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Keys of one statement. The rows of so many jobs with the largest results fit in memory. */
const KEYS_MOST = 20;

interface Waiting<Value> {
  readonly resolve: (value: Value | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads single rows, with one statement for all that requests ask in the same turn of the event loop. Each
 * request still sees what was committed before it came, because its statement begins after it. In a
 * transaction, the row is read at once.
 *
 * Measured by bench:api: see docs/operations.md.
 *
 * @param read all rows of some keys, by their key; at most KEYS_MOST at once
 */
export function readTogether<Key extends string, Value>(
  read: (db: Kysely<Database>, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (db: Kysely<Database>, key: Key) => Promise<Value | undefined> {
  const turns = new WeakMap<Kysely<Database>, Map<Key, Waiting<Value>[]>>();

  async function answer(db: Kysely<Database>, asked: ReadonlyMap<Key, Waiting<Value>[]>) {
    try {
      const found = await read(db, [...asked.keys()]);
      for (const [key, waiting] of asked) for (const one of waiting) one.resolve(found.get(key));
    } catch (error) {
      for (const waiting of asked.values()) for (const one of waiting) one.reject(error);
    }
  }

  function turnOf(db: Kysely<Database>): Map<Key, Waiting<Value>[]> {
    const known = turns.get(db);
    if (known !== undefined && known.size < KEYS_MOST) return known;
    const turn = new Map<Key, Waiting<Value>[]>();
    turns.set(db, turn);
    setImmediate(() => {
      if (turns.get(db) === turn) turns.delete(db);
      void answer(db, turn);
    });
    return turn;
  }

  return async (db, key) => {
    if (db.isTransaction) return (await read(db, [key])).get(key);
    const turn = turnOf(db);
    return new Promise((resolve, reject) => {
      const waiting = turn.get(key) ?? [];
      waiting.push({ resolve, reject });
      turn.set(key, waiting);
    });
  };
}
