-- Indexes for two questions that read a whole table: what waits for the sheet, which every
-- `GET /api/catalog/status` asks, and which jobs failed, which admins ask (`npm run bench:queries`).
-- An instance of the version before can run beside it: it names no index.

create index materials_waiting on materials (id)
  where deleted_at is null and (pending <> '{}' or conflicts <> '{}');
-- No version since 007 asks by it.
drop index materials_pending;
create index jobs_not_completed on jobs (status, created_at desc, id desc)
  where status <> 'COMPLETED';
