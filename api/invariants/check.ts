import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';
import { INVARIANTS, type Invariant } from './invariants.ts';
import type { Finding } from './repository.ts';

const MOST_EXAMPLES = 5;

/**
 * An instance that stops waits for the running query. With 100,000 materials a query takes a second or two.
 */
const STATEMENT_TIMEOUT = "set local statement_timeout = '15s'";

/** Checks all invariants, one after the other. If one query fails, the others still run. */
export async function checkInvariants(
  db: Kysely<Database>,
  log: Logger,
  stopping?: AbortSignal,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const one of INVARIANTS) {
    stopping?.throwIfAborted();
    try {
      findings.push(await check(db, one));
    } catch (error) {
      log.error({ err: error, invariant: one.name }, 'an invariant could not be checked');
      findings.push({ name: one.name, violations: null, examples: [] });
    }
  }
  return findings;
}

/** Checks one invariant. Its one statement sees one moment, and only reads. */
async function check(db: Kysely<Database>, { name, sql: violations }: Invariant): Promise<Finding> {
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async (trx) => {
      await sql.raw(STATEMENT_TIMEOUT).execute(trx);
      const { rows } = await sql<{ violations: number; examples: string[] }>`
        with violation as materialized (${violations})
        select (select count(*) from violation) as violations,
          array(select id from violation order by id limit ${sql.lit(MOST_EXAMPLES)}) as examples
      `.execute(trx);
      const { violations: count = 0, examples = [] } = rows[0] ?? {};
      return { name, violations: count, examples };
    });
}
