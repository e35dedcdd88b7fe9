import type { Transaction } from 'kysely';
import type { Database } from '../db/schema.ts';

/**
 * Records an action: the actor, the action and its target, in the transaction of the action.
 *
 * @param actor `user:<id>`, `service:<name>` or `portal`
 * @param subject `material:<id>`, `job:<id>`, `user:<id>`
 */
export async function writeAudit(
  trx: Transaction<Database>,
  actor: string,
  action: string,
  subject: string,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await trx
    .insertInto('auditLog')
    .values({ actor, action, subject, details: JSON.stringify(details) })
    .execute();
}
