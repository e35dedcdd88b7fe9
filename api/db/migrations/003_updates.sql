-- A separate table: if the outbox wrote to `materials`, it would collide with the sync's transaction, which
-- reads all materials at one moment.
-- An instance of the version before can run beside it: it sends no `material.updated`.

create table material_updates (
  material_id uuid primary key references materials on delete cascade,
  revision bigint not null,
  since timestamptz not null default clock_timestamp(),
  next_at timestamptz not null default now()
);
create index material_updates_due on material_updates (next_at);
