-- When a job is deleted, PostgreSQL looks for the material that names it. Without an index it reads all
-- materials for each deleted job.
-- An instance of the version before can run beside it: it names no index.

lock table materials in share row exclusive mode;
create index materials_of_analysis on materials (analysis_job_id) where analysis_job_id is not null;
