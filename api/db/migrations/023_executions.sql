-- The execution of n8n that made a change: the history shows it, and the index finds all that one execution wrote.
-- An instance of the version before can run beside it: its changes have no execution.

alter table material_history add column execution text;
create index material_history_execution on material_history (execution, material_id)
  where execution is not null;
