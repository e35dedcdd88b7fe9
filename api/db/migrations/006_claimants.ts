import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const STATEMENTS = [
  // Which workflow a subscription belongs to; null: put by a version that did not say.
  `alter table subscriptions add column workflow jsonb`,
  // The subscription to which this attempt was last posted. No foreign key: it may be removed.
  `alter table jobs add column delivered_to uuid`,
];

export const claimants: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
