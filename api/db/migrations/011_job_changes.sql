-- Every change of a job that people see is told to all instances (NOTIFY), which send it to their open
-- streams (jobs/watch.ts).
-- An instance of the version before can run beside it: its changes are told too.

create function notify_job_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('materi_job', new.id::text);
  return null;
end $$;
create trigger jobs_changed after update on jobs for each row
  when ((old.status, old.stage, old.attempt, old.progress)
    is distinct from (new.status, new.stage, new.attempt, new.progress))
  execute function notify_job_change();
