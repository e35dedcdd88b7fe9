-- An admin can disable a person's account. Null: it is enabled.
-- It first locks the tables of the migrations after it, in the order in which the API writes them: all of
-- them run in one transaction. Until they have ended, an instance of the version before cannot write
-- materials and jobs (about a second for each 1,000 materials).
-- An instance of the version before can run beside it: it does not look at this column, so a disabled
-- person can sign in at that instance until it stops.

lock table materials, jobs in share row exclusive mode;
alter table users add column disabled_at timestamptz;
create index users_newest on users (created_at desc, id desc);
