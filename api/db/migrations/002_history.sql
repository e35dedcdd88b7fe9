-- A change gets the time at which it is written, not the time at which its transaction began. A transaction
-- that waited for a material's lock changes the material later, so its change is later in the history.
-- An instance of the version before can run beside it: it writes no history.

create table material_history (
  id uuid primary key,
  material_id uuid not null references materials on delete cascade
    deferrable initially deferred,
  at timestamptz(3) not null default clock_timestamp(),
  actor text not null,
  field text not null,
  before text,
  after text,
  revision bigint
);
create index material_history_newest on material_history (material_id, at desc, id desc);

create table catalog_state (
  id boolean primary key default true check (id),
  state text not null default 'ok' check (state in ('ok', 'stopped')),
  reason text,
  detail text,
  stopped_at timestamptz,
  last_sync_at timestamptz,
  problems jsonb not null default '[]',
  quota jsonb,
  vanished int not null default 0,
  confirmed_at timestamptz,
  adopted_at timestamptz,
  check ((state = 'stopped') = (reason is not null))
);
insert into catalog_state default values;
