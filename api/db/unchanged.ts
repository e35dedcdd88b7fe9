import { sql, type Kysely } from 'kysely';
import type { Database } from './schema.ts';
import { readTogether } from './together.ts';

/** Names a state of the database: PostgreSQL's own text of the transactions that a statement sees. */
export type Snapshot = string;

const snapshots = readTogether<'now', Snapshot>(async (db) => {
  const { rows } = await sql<{ now: Snapshot }>`select pg_current_snapshot()::text as now`.execute(
    db,
  );
  return new Map(rows.map(({ now }) => ['now', now]));
});

/**
 * Reads which transactions are committed and visible at this moment. Two equal snapshots see the same rows:
 * the text changes with each transaction that writes, in any instance and in any database of the server.
 */
export async function readSnapshot(db: Kysely<Database>): Promise<Snapshot> {
  return (await snapshots(db, 'now')) ?? '';
}

/**
 * Keeps answers as JSON for as long as nobody writes to PostgreSQL. A request reads the snapshot first, and
 * gets a kept answer only if it was read in the same snapshot or later. So it never sees an older state than
 * without this, and nothing has to say which write changes which answer.
 *
 * @param most answers that are kept at once
 */
export function keepUnchanged({ most }: { most: number }) {
  /** The answers of the latest snapshot. */
  const kept = new WeakMap<
    Kysely<Database>,
    { snapshot: Snapshot; answers: Map<string, Promise<Buffer>> }
  >();
  return {
    /** @param read reads the answer, after the snapshot; of requests with one key, the first one calls it */
    of(
      db: Kysely<Database>,
      snapshot: Snapshot,
      key: string,
      read: () => Promise<unknown>,
    ): Promise<Buffer> {
      let latest = kept.get(db);
      if (latest?.snapshot !== snapshot) {
        latest = { snapshot, answers: new Map() };
        kept.set(db, latest);
      }
      const { answers } = latest;
      const known = answers.get(key);
      if (known !== undefined) return known;
      const answer = read().then((value) => Buffer.from(JSON.stringify(value)));
      if (answers.size < most) answers.set(key, answer);
      answer.catch(() => answers.delete(key));
      return answer;
    },
  };
}
