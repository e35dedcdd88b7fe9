-- Invites by address, and the security events of Google that were handled.
-- An instance of the version before can run beside it: it does not look at invites, so where SIGN_IN is
-- `invited`, a person without an invite can sign in at that instance until it stops.

-- ID tokens that Google made before this time are refused. Null: none is.
alter table users add column google_ended_at timestamptz;

create table invites (
  id bigint generated always as identity primary key,
  -- A to Z in lower case.
  email text not null check (length(email) <= 320),
  role user_role not null,
  invited_by bigint references users on delete set null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by bigint references users on delete set null
);
create unique index invites_unused on invites (email) where used_at is null;
create index invites_newest on invites (created_at desc, id desc);

create table security_events (
  -- SHA-256 of the event's jti, in hex.
  event_hash text primary key,
  received_at timestamptz not null default now()
);
create index security_events_received on security_events (received_at);
