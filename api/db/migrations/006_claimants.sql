-- An instance of the version before can run beside it: it leaves both columns empty.

-- The workflow of a subscription; null: an older version registered it.
alter table subscriptions add column workflow jsonb;
-- The subscription to which this attempt was last posted. No foreign key: it may be removed.
alter table jobs add column delivered_to uuid;
