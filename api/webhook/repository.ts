import { sql, type Transaction } from 'kysely';
import { z } from 'zod/v4';
import type { Deletable } from '../db/deleteSome.ts';
import type { Database } from '../db/schema.ts';
import { daysAgo } from '../db/time.ts';
import { ERROR_CODES } from '../errors.ts';

/** The answer to a callback, kept for a day. An error is kept by its code, which never changes. */
const answerSchema = z.union([
  z.object({ job: z.looseObject({}) }),
  z.object({ released: z.int() }),
  z.object({
    error: z.object({
      code: z.enum(ERROR_CODES),
      message: z.string(),
      fields: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  }),
]);
export type KeptAnswer = z.infer<typeof answerSchema>;

const LIFE = sql`interval '24 hours'`;

/** Index webhook_deliveries_created. */
export const oldDeliveries = (days: number): Deletable => ({
  table: 'webhookDeliveries',
  over: sql<boolean>`created_at < ${daysAgo(days)}`,
});

/** Makes deliveries with one webhook-id wait for each other until the transaction ends. */
export async function lockDelivery(trx: Transaction<Database>, webhookId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`delivery ${webhookId}`}, 0))`.execute(
    trx,
  );
}

/** The answer that a delivery got within the last day (primary key). */
export async function findDelivery(
  trx: Transaction<Database>,
  webhookId: string,
): Promise<KeptAnswer | undefined> {
  const row = await trx
    .selectFrom('webhookDeliveries')
    .select('answer')
    .where('id', '=', webhookId)
    .where('createdAt', '>', sql<Date>`now() - ${LIFE}`)
    .executeTakeFirst();
  return row && answerSchema.parse(row.answer);
}

export async function keepDelivery(
  trx: Transaction<Database>,
  webhookId: string,
  made: KeptAnswer,
): Promise<void> {
  const kept = JSON.stringify(made);
  await trx
    .insertInto('webhookDeliveries')
    .values({ id: webhookId, answer: kept })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ answer: kept, createdAt: sql<Date>`now()` }),
    )
    .execute();
}
