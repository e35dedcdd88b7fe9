import { sql, type Transaction } from 'kysely';
import type { Database } from './schema.ts';

/**
 * Does a part of a transaction. If it throws, only this part is undone, and the transaction can go on. A
 * part does not contain another one.
 */
export async function inSavepoint<T>(
  trx: Transaction<Database>,
  part: () => Promise<T>,
): Promise<T> {
  await sql`savepoint part`.execute(trx);
  const result = await part().catch(async (error: unknown) => {
    // Without a connection this fails too. The transaction then ends anyway: the first error says why.
    await sql`rollback to savepoint part`
      .execute(trx)
      .then(() => sql`release savepoint part`.execute(trx))
      .catch(() => undefined);
    throw error;
  });
  await sql`release savepoint part`.execute(trx);
  return result;
}
