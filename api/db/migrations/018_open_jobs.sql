-- The limit of open jobs a person (jobs/room.ts), and the circuits of subscriptions (dispatch/post.ts).
-- An instance of the version before can run beside it: it opens jobs above the limit, and posts to a
-- subscription whose circuit is open.

create index jobs_open_of_user on jobs (user_id) where status = 'PROCESSING' and user_id is not null;

-- Posts in a row to which the subscription's server did not answer, or answered 5xx.
alter table subscriptions add column misses int not null default 0 check (misses >= 0);
-- Nothing is posted before that time, and then one event. Null: the circuit is closed.
alter table subscriptions add column paused_until timestamptz;
