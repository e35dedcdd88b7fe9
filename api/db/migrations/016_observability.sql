-- What operators see: the trace context of the request that opened a job or made an edit, for its event to
-- n8n; and what the nightly check of the invariants found (invariants/check.ts).
-- An instance of the version before can run beside it: it leaves both columns empty, and does not look at
-- the table.

-- W3C Trace Context, version 00. Null: no request opened it.
alter table jobs add column traceparent text check (length(traceparent) = 55);
alter table material_updates add column traceparent text check (length(traceparent) = 55);

create table invariant_checks (
  name text primary key,
  -- Null: the query failed.
  violations bigint,
  examples text[] not null default '{}',
  checked_at timestamptz not null
);
