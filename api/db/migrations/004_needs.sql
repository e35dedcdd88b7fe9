-- `knows`: the newest migration that a version must know to run on this database; null: every
-- version may run. A migration that takes something away sets it (CONTRIBUTING.md, "Migrations").
-- An instance of the version before can run beside it: it does not look at this table.

create table database_needs (
  id boolean primary key default true check (id),
  knows text
);
insert into database_needs default values;
