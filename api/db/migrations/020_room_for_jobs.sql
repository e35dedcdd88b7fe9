-- How many jobs a person may still open (jobs/room.ts), exactly and in one call: a create asks it in the
-- statement that also writes. An instance of the version before can run beside it: it takes the same lock.

create function room_for_jobs(person bigint, most int) returns int language plpgsql volatile as $$
declare
  open int;
begin
  -- Others that count this person's open jobs wait until the transaction ends.
  perform pg_advisory_xact_lock(hashtextextended('open jobs ' || person, 0));
  -- Each statement of a volatile function sees what was committed before it, so also what the one that held
  -- the lock has written (index jobs_open_of_user).
  select count(*) into open from (
    select from jobs where user_id = person and status = 'PROCESSING' limit most
  ) as counted;
  return most - open;
end $$;
