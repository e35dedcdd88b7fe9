-- What workflows generate: drafts, until somebody approves or rejects them.
-- It first locks the tables that it and the migrations after it change, in the order in which the API uses
-- them: all of them run in one transaction, and a lock that is taken later could meet a request that waits
-- for an earlier one.
-- An instance of the version before can run beside it: it opens no job of the kind `generate`, and answers
-- 500 to the end of one. n8n reports the end again, until an instance of this version answers.

lock table users, materials, jobs in access exclusive mode;

create type content_kind as enum ('lesson_plan', 'quiz', 'summary', 'worksheet', 'levels');
create type content_status as enum ('draft', 'approved', 'rejected');

create table contents (
  id uuid primary key,
  -- Null: a gap.
  material_id uuid references materials,
  -- The material's `created_by`. It never changes there, and lists need not read the materials.
  author_id bigint references users on delete set null,
  subject text not null,
  level text not null,
  kind content_kind not null,
  title text not null,
  body jsonb not null,
  status content_status not null default 'draft',
  job_id uuid not null unique references jobs,
  decided_by bigint references users on delete set null,
  decided_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  check ((status = 'draft') = (decided_at is null))
);
create index contents_newest on contents (created_at desc, id desc);
create index contents_of_status on contents (status, created_at desc, id desc);
create index contents_of_material on contents (material_id, created_at desc, id desc);
create index contents_of_author on contents (author_id, created_at desc, id desc)
  where status <> 'approved';
create index contents_of_subject on contents (subject, created_at desc, id desc);
create index contents_of_level on contents (level, created_at desc, id desc);

-- One open job for each gap and content, as jobs_one_open for each material and kind.
create unique index jobs_one_open_gap on jobs
  ((options -> 'gap' ->> 'subject'), (options -> 'gap' ->> 'level'), (options ->> 'content'), kind)
  where status = 'PROCESSING' and material_id is null;
