import { createHash } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod/v4';
import type { Deletable } from '../db/deleteSome.ts';
import type { Database } from '../db/schema.ts';
import { daysAgo } from '../db/time.ts';
import { PortalError } from '../errors.ts';
import { canonicalJson } from './canonicalJson.ts';

/** An answer as it is kept for a day: enough to give it again to the letter. */
const answerSchema = z.object({ headers: z.record(z.string(), z.string()), body: z.unknown() });
export type Answer = z.infer<typeof answerSchema>;

const KEY_LIFE = sql`interval '24 hours'`;

/** Index idempotency_keys_created. A key that is kept for longer than its life is not used again. */
export const oldIdempotencyKeys = (days: number): Deletable => ({
  table: 'idempotencyKeys',
  over: sql<boolean>`created_at < ${daysAgo(days)}`,
});

/**
 * Does something once for an `Idempotency-Key`
 * (datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header): within a day the same key with the
 * same request gets the first answer again.
 *
 * The key is written in the effect's own transaction, so there is never the one without the other. While
 * the first request runs, a second one is refused. If it waited, it would hold a connection of the pool.
 *
 * @param key without it the effect is done each time
 * @param request the operation and its validated body; the order of the body's names does not matter
 * @throws PortalError `key_in_flight`; `key_reused` if the key came with another request before
 */
export async function once(
  trx: Transaction<Database>,
  {
    actor,
    key,
    request,
  }: {
    actor: string;
    key: string | undefined;
    request: readonly [operation: string, body: unknown];
  },
  effect: () => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> {
  if (key === undefined) return { ...(await effect()), replayed: false };
  const lock = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`idempotency ${actor} ${key}`}, 0)) as taken
  `.execute(trx);
  if (lock.rows[0]?.taken !== true) {
    throw new PortalError(
      'key_in_flight',
      'A request with this Idempotency-Key is being answered right now. Send it again in a moment.',
    );
  }

  const requestHash = createHash('sha256').update(canonicalJson(request)).digest('hex');
  const before = await trx
    .selectFrom('idempotencyKeys')
    .select(['requestHash', 'answer'])
    .where('actor', '=', actor)
    .where('key', '=', key)
    .where('createdAt', '>', sql<Date>`now() - ${KEY_LIFE}`)
    .executeTakeFirst();
  if (before !== undefined) {
    if (before.requestHash === requestHash) {
      return { ...answerSchema.parse(before.answer), replayed: true };
    }
    throw new PortalError(
      'key_reused',
      'This Idempotency-Key came with another body before. Make a new key for a new request.',
    );
  }

  const made = await effect();
  const row = { requestHash, answer: JSON.stringify(made) };
  await trx
    .insertInto('idempotencyKeys')
    .values({ actor, key, ...row })
    .onConflict((conflict) =>
      conflict.columns(['actor', 'key']).doUpdateSet({ ...row, createdAt: sql<Date>`now()` }),
    )
    .execute();
  return { ...made, replayed: false };
}
