-- Times that a list is ordered by are kept to the millisecond: a cursor carries them through
-- JavaScript's Date, and what it cannot hold would skip rows.
-- No version ran before it.

create type user_role as enum ('teacher', 'admin');
create type job_kind as enum ('analyze', 'generate');
create type job_status as enum ('PROCESSING', 'COMPLETED', 'FAILED');
create type job_stage as enum ('queued', 'delivered', 'claimed', 'ended');

create table users (
  id bigint generated always as identity primary key,
  google_id text not null unique,
  email text not null,
  name text not null,
  picture text,
  role user_role not null default 'teacher',
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

create table sessions (
  id uuid primary key,
  user_id bigint not null references users on delete cascade,
  family uuid not null,
  token_hash text not null unique,
  expires_at timestamptz not null,
  rotated_at timestamptz,
  successor uuid,
  ended_at timestamptz,
  created_at timestamptz not null default now()
);
create index sessions_family on sessions (family);
create index sessions_user on sessions (user_id);

create table materials (
  id uuid primary key,
  subject text not null default '',
  title text not null default '',
  description text not null default '',
  type text not null default '',
  level text not null default '',
  theme text not null default '',
  subtheme text not null default '',
  url text not null default '',
  ai_summary text not null default '',
  ai_status text not null default '',
  ai_source text not null default '',
  metadata jsonb not null default '{}',
  base jsonb,
  pending jsonb not null default '{}',
  conflicts jsonb not null default '{}',
  analysis_job_id uuid,
  revision bigint not null default 1,
  ai_revision bigint not null default 0,
  text_hash text not null,
  created_by bigint references users on delete set null,
  missing_since timestamptz,
  deleted_at timestamptz,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index materials_newest on materials (created_at desc, id desc) where deleted_at is null;
create index materials_pending on materials (id) where pending <> '{}';

create table jobs (
  id uuid primary key,
  user_id bigint references users on delete set null,
  material_id uuid references materials,
  kind job_kind not null,
  options jsonb not null default '{}',
  status job_status not null default 'PROCESSING',
  stage job_stage not null default 'queued',
  progress int not null default 0 check (progress between 0 and 100),
  result_json jsonb,
  error jsonb,
  attempt int not null default 1 check (attempt > 0),
  execution_id text,
  ending text,
  text_hash text,
  deliveries int not null default 0,
  misses int not null default 0,
  next_at timestamptz,
  claim_deadline timestamptz not null,
  lease_until timestamptz,
  announce_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  check ((status = 'PROCESSING') = (stage <> 'ended')),
  check ((status = 'FAILED') = (error is not null)),
  check ((stage = 'ended') = (next_at is null)),
  check ((stage = 'claimed') = (lease_until is not null)),
  check (stage <> 'claimed' or execution_id is not null),
  check (stage not in ('queued', 'delivered') or execution_id is null)
);
alter table materials add foreign key (analysis_job_id) references jobs;
create unique index jobs_one_open on jobs (material_id, kind) where status = 'PROCESSING';
create index jobs_due on jobs (next_at) where status = 'PROCESSING';
create index jobs_to_announce on jobs (announce_at) where announce_at is not null;
create index jobs_newest on jobs (created_at desc, id desc);
create index jobs_of_user on jobs (user_id, created_at desc, id desc);
create index jobs_of_material on jobs (material_id, created_at desc, id desc);
create index jobs_of_execution on jobs (execution_id) where execution_id is not null;

create table subscriptions (
  id uuid primary key,
  url text not null unique,
  event_types text[] not null,
  kinds text[] not null,
  test boolean not null,
  put_at timestamptz not null default clock_timestamp(),
  last_delivery jsonb,
  created_at timestamptz not null default now()
);

create table sheet_writes (
  id uuid primary key,
  number bigint not null,
  plan jsonb not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  outcome text,
  settled_at timestamptz
);

create table idempotency_keys (
  actor text not null,
  key text not null,
  request_hash text not null,
  answer json not null,
  created_at timestamptz not null default now(),
  primary key (actor, key)
);

create table webhook_deliveries (
  id text primary key,
  answer json not null,
  created_at timestamptz not null default now()
);

create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject text not null,
  details jsonb not null default '{}'
);
