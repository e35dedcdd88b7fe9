import type { Kysely, Selectable, Transaction } from 'kysely';
import type { FoundRows, Position } from '../db/boundedPage.ts';
import { insertMany } from '../db/insertMany.ts';
import type { AuditLogTable, Database } from '../db/schema.ts';

/**
 * Records an action: the actor, the action and its target, in the transaction of the action.
 *
 * @param actor `user:<id>`, `service:<name>`, `portal` or `google`
 * @param subject `material:<id>`, `job:<id>`, `content:<id>`, `user:<id>`, `invite:<id>`
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

/** One action of the audit log. */
export interface AuditEntry {
  readonly action: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Records many actions of one actor, in their order. */
export async function writeAudits(
  trx: Transaction<Database>,
  actor: string,
  entries: readonly AuditEntry[],
): Promise<void> {
  const rows = entries.map(({ action, subject, details }) => ({
    actor,
    action,
    subject,
    details: JSON.stringify(details),
  }));
  await insertMany(trx, 'auditLog', rows);
}

type AuditRow = Omit<Selectable<AuditLogTable>, 'at'> & { readonly createdAt: Date };

/** The audit log, the newest first: by its ids, which count up (primary key). */
export async function readAudit(
  db: Kysely<Database>,
  { limit, after }: { limit: number; after: Position | null },
): Promise<FoundRows<AuditRow>> {
  let query = db
    .selectFrom('auditLog')
    .select(['id', 'at as createdAt', 'actor', 'action', 'subject', 'details']);
  if (after !== null) query = query.where('id', '<', Number(after.id));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return { rows, found: rows.length };
}
