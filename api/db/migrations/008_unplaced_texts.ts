import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const STATEMENTS = [
  // A rollback that missed concerns two texts at one place: the one it overwrote, and the one it was to
  // restore there.
  `alter table unplaced_texts drop constraint unplaced_texts_pkey`,
  `create unique index unplaced_texts_once
    on unplaced_texts (batch_id, row_index, column_index, md5(text))`,
];

export const unplacedTexts: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
