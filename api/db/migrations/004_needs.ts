import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * `knows`: the newest migration that a version must know to run on this database; null: every
 * version may run. A migration that takes something away sets it (CONTRIBUTING.md, "Migrations").
 */
const STATEMENTS = [
  `create table database_needs (
    id boolean primary key default true check (id),
    knows text
  )`,
  `insert into database_needs default values`,
];

export const needs: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
