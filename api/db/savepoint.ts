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
  try {
    return await part();
  } catch (error) {
    await sql`rollback to savepoint part`.execute(trx);
    throw error;
  } finally {
    await sql`release savepoint part`.execute(trx);
  }
}
