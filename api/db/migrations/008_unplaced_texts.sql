-- An instance of the version before can run beside it: its `on conflict` names no index.

-- A rollback that missed concerns two texts at one place: the one it overwrote, and the one it was to
-- restore there.
alter table unplaced_texts drop constraint unplaced_texts_pkey;
create unique index unplaced_texts_once
  on unplaced_texts (batch_id, row_index, column_index, md5(text));
