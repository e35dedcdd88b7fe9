-- An admin can disable a person's account. Null: it is enabled.
-- An instance of the version before can run beside it: it does not look at this column, so a disabled
-- person can sign in at that instance until it stops.

alter table users add column disabled_at timestamptz;
create index users_newest on users (created_at desc, id desc);
