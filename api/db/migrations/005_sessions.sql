-- Used ID tokens, the indexes of housekeeping, and the shorter life of sessions that are there
-- already: 7 days without use, and 30 days after the sign-in, which is when the first session of a
-- family was made.
-- An instance of the version before can run beside it: it does not use this table.

create table used_id_tokens (
  token_hash text primary key,
  used_at timestamptz not null default now()
);
create index used_id_tokens_used on used_id_tokens (used_at);
create index idempotency_keys_created on idempotency_keys (created_at);
create index webhook_deliveries_created on webhook_deliveries (created_at);
create index sessions_expires on sessions (expires_at);
create index users_address on users (lower(email collate "C"));
update sessions set expires_at = least(
  sessions.expires_at,
  sessions.created_at + interval '7 days',
  first.created_at + interval '30 days'
) from sessions first where first.id = sessions.family and sessions.ended_at is null;
