-- Lists of jobs by their kind (`GET /api/jobs?kind=generate`). Nearly all other jobs analyse, so that
-- jobs_newest serves their lists.
-- An instance of the version before can run beside it: it names no index.

create index jobs_that_generate on jobs (created_at desc, id desc) where kind = 'generate';
