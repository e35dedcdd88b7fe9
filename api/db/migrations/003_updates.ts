import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * A separate table: if the outbox wrote to `materials`, it would collide with the sync's transaction, which
 * reads all materials at one moment.
 */
const STATEMENTS = [
  `create table material_updates (
    material_id uuid primary key references materials on delete cascade,
    revision bigint not null,
    since timestamptz not null default clock_timestamp(),
    next_at timestamptz not null default now()
  )`,
  `create index material_updates_due on material_updates (next_at)`,
];

export const updates: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
