import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const STATEMENTS = [
  // The workflow of a subscription; null: an older version registered it.
  `alter table subscriptions add column workflow jsonb`,
  // The subscription to which this attempt was last posted. No foreign key: it may be removed.
  `alter table jobs add column delivered_to uuid`,
];

export const claimants: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
