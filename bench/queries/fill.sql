-- A portal after some years: 100,000 materials, 300,000 jobs and 500,000 changes. One job in fifty
-- failed. One material in a hundred has a conflict, another one waits for the sheet, one in twenty is
-- deleted, and most of the oldest and of the newest are archived.

insert into users (google_id, email, name)
select 'google-' || n, 'guru' || n || '@sekolah.sch.id', 'Guru ' || n from generate_series(1, 1000) n;

insert into sessions (id, user_id, family, token_hash, expires_at, ended_at, created_at)
select id, 1 + n % 1000, id, 'token-' || n, made + interval '7 days',
  case when n % 2 = 0 then made + interval '1 hour' end, made
from (select n, md5('session ' || n)::uuid as id, now() - n * interval '10 seconds' as made
  from generate_series(1, 50000) n) s;

insert into used_id_tokens (token_hash, used_at)
select 'used-' || n, now() - n * interval '1 second' from generate_series(1, 20000) n;

insert into materials (id, subject, title, description, type, level, ai_summary, metadata, base, pending,
  conflicts, text_hash, row_digest, created_by, deleted_at, archived_at, created_at)
select md5('material ' || n)::uuid, (array['IPA', 'IPS', 'Matematika', 'Seni'])[1 + n % 4], 'Materi ' || n || case when n % 1000 = 5 then ' hujan' else '' end, repeat('Air dan api. ', 20),
  (array['Modul', 'Video', 'Kuis'])[1 + n % 3], 'Fase ' || chr(65 + n % 6),
  repeat('Ringkasan. ', 20), '{"Penulis": "Sari"}', '{"title": "Materi"}',
  case when n % 100 = 1 then '{"title": 2}' else '{}' end::jsonb,
  case when n % 100 = 2 then '{"title": {"sheet": "Materi lain"}}' else '{}' end::jsonb,
  md5(n::text), md5(n::text) || ':' || md5('{"title": "Materi"}'), 1 + n % 1000,
  case when n % 20 = 3 then now() end,
  case when n % 10 > 0 and (n < 5000 or n > 60000) then '2026-11-28T00:00:00.000Z' else '' end,
  now() - n * interval '1 minute'
from generate_series(1, 100000) n;

insert into subscriptions (id, url, event_types, kinds, test, workflow)
select md5('subscription ' || n)::uuid, 'https://n8n.sekolah.sch.id/webhook/' || n,
  array['job.requested', 'material.created', 'material.updated'], array['analyze'], false,
  jsonb_build_object('instanceId', 'n8n', 'id', 'workflow' || n, 'nodeId', 'trigger', 'name', 'Analisis')
from generate_series(1, 20) n;

insert into jobs (id, user_id, material_id, kind, status, stage, result_json, error, execution_id,
  text_hash, claim_deadline, ended_at, created_at)
select md5('job ' || n)::uuid, 1 + n % 1000, md5('material ' || 1 + n % 100000)::uuid, 'analyze',
  case when n % 50 = 0 then 'FAILED' else 'COMPLETED' end::job_status, 'ended',
  jsonb_build_object('summary', repeat('Ringkasan. ', 50)),
  case when n % 50 = 0 then '{"code": "ai_unavailable"}'::jsonb end, 'execution-' || n, md5(n::text), now() - n * interval '20 seconds', now() - n * interval '20 seconds',
  now() - n * interval '20 seconds'
from generate_series(1, 299000) n;
insert into jobs (id, user_id, material_id, kind, stage, execution_id, misses, next_at, claim_deadline,
  lease_until, announce_at, delivered_to)
select md5('open job ' || n)::uuid, 1 + n % 1000, md5('material ' || n)::uuid, 'analyze',
  case when n % 2 = 0 then 'claimed' else 'queued' end::job_stage,
  case when n % 2 = 0 then 'open-' || n end, n % 3, now() - n * interval '1 second',
  now() + interval '1 hour', case when n % 2 = 0 then now() + interval '5 minutes' end, now(),
  md5('subscription ' || 1 + n % 20)::uuid
from generate_series(1, 1000) n;

insert into material_history (id, material_id, at, actor, field, before, after)
select md5('change ' || n)::uuid, md5('material ' || 1 + n % 100000)::uuid,
  now() - n * interval '10 seconds', 'user:' || 1 + n % 1000, 'title', 'Materi', 'Materi ' || n
from generate_series(1, 500000) n;

insert into material_updates (material_id, revision)
select md5('material ' || n)::uuid, 1 from generate_series(1, 1000) n;

insert into sheet_writes (id, number, plan, created_at, settled_at)
select md5('write ' || n)::uuid, n, '{}', now() - n * interval '1 minute', now()
from generate_series(1, 50000) n;
insert into sheet_writes (id, number, plan) values (md5('open write')::uuid, 50001, '{}');

insert into unplaced_texts (batch_id, row_index, column_index, title, header, text, at)
select md5('write ' || n)::uuid, n, 3, 'Materi', 'DESCRIPTION', 'Air dan api.', now() - n * interval '1 hour'
from generate_series(1, 1000) n;

insert into idempotency_keys (actor, key, request_hash, answer, created_at)
select 'user:' || 1 + n % 1000, 'key-' || n, md5(n::text), '{}', now() - n * interval '1 second'
from generate_series(1, 100000) n;

insert into webhook_deliveries (id, answer, created_at)
select 'delivery-' || n, '{"released": 0}', now() - n * interval '1 second' from generate_series(1, 100000) n;

analyze;
