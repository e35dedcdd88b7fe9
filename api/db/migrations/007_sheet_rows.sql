-- An instance of the version before can run beside it: it leaves the digests alone (sync/repository.ts).

-- The digest of the row that was last merged, and of `base` after that merge (sync/rows.ts).
-- Null: the row is merged again when it is next read.
alter table materials add column row_digest text;
-- What a cycle of the sync loads although its row has not changed (sync/repository.ts, UNSETTLED).
create index materials_unsettled on materials (id) where deleted_at is null
  and (pending <> '{}' or base is null or missing_since is not null);
create index sheet_writes_open on sheet_writes (created_at) where settled_at is null;

-- How many problems there are; `problems` has the first. Null: `problems` has all of them.
alter table catalog_state add column problem_count int;

-- Texts that a batch overwrote and for which no row was found. A batch, a row and a column name one.
create table unplaced_texts (
  batch_id uuid not null,
  row_index int not null,
  column_index int not null,
  material_id uuid,
  title text not null,
  header text not null,
  text text not null,
  at timestamptz(3) not null default now(),
  primary key (batch_id, row_index, column_index)
);
create index unplaced_texts_newest on unplaced_texts (at desc);
