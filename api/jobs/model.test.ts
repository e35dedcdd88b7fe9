import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { STATES } from '../../test/jobs/actions.ts';
import { checkJobs } from '../../test/jobs/index.ts';
import { EVENTS } from '../../test/jobs/steps.ts';
import { pairOutcome } from '../../test/jobs/table.ts';
import { World } from '../../test/jobs/world.ts';

/**
 * The whole state table: what each event does to a job in each state of its second attempt. `→ queued` after
 * an event other than a post is the next attempt.
 */
// prettier-ignore
const TABLE = [
  // event                                                    queued             delivered          claimed           COMPLETED         FAILED
  ['job.started, by its execution',                         '→ claimed',       '→ claimed',       'stays',          'job_ended',      'job_ended'],
  ['job.started, by another execution',                     '→ claimed',       '→ claimed',       'job_claimed',    'job_ended',      'job_ended'],
  ['job.started, by a former attempt',                      'attempt_over',    'attempt_over',    'attempt_over',   'job_ended',      'job_ended'],
  ['job.progress, by its execution',                        'job_not_claimed', 'job_not_claimed', 'stays',          'job_ended',      'job_ended'],
  ['job.progress, by another execution',                    'job_not_claimed', 'job_not_claimed', 'job_claimed',    'job_ended',      'job_ended'],
  ['job.progress, by a former attempt',                     'attempt_over',    'attempt_over',    'attempt_over',   'job_ended',      'job_ended'],
  ['job.completed, by its execution',                       'job_not_claimed', 'job_not_claimed', '→ COMPLETED',    'job_ended',      'job_ended'],
  ['job.completed, by another execution',                   'job_not_claimed', 'job_not_claimed', 'job_claimed',    'job_ended',      'job_ended'],
  ['job.completed, by a former attempt',                    'attempt_over',    'attempt_over',    'attempt_over',   'job_ended',      'job_ended'],
  ['job.completed, not valid, by its execution',            'job_not_claimed', 'job_not_claimed', 'invalid',        'job_ended',      'job_ended'],
  ['job.completed, not valid, by another execution',        'job_not_claimed', 'job_not_claimed', 'job_claimed',    'job_ended',      'job_ended'],
  ['job.completed, not valid, by a former attempt',         'attempt_over',    'attempt_over',    'attempt_over',   'job_ended',      'job_ended'],
  ['job.failed, by its execution',                          'job_not_claimed', 'job_not_claimed', '→ FAILED',       'job_ended',      'job_ended'],
  ['job.failed, by another execution',                      'job_not_claimed', 'job_not_claimed', 'job_claimed',    'job_ended',      'job_ended'],
  ['job.failed, by a former attempt',                       'attempt_over',    'attempt_over',    'attempt_over',   'job_ended',      'job_ended'],
  ['job.failed, retryable, by its execution',               'job_not_claimed', 'job_not_claimed', '→ queued',       'job_ended',      'job_ended'],
  ['job.failed, retryable, by another execution',           'job_not_claimed', 'job_not_claimed', 'job_claimed',    'job_ended',      'job_ended'],
  ['job.failed, retryable, by a former attempt',            'attempt_over',    'attempt_over',    'attempt_over',   'job_ended',      'job_ended'],
  ['job.failed, the execution alone, by its execution',     'not_found',       'not_found',       '→ FAILED',       'job_ended',      'job_ended'],
  ['job.failed, the execution alone, by another execution', 'not_found',       'not_found',       'not_found',      'not_found',      'not_found'],
  ['a callback again, the same webhook-id',                 'stays',           'stays',           'stays',          'stays',          'stays'],
  ['a callback again, a new webhook-id',                    'stays',           'stays',           'stays',          'stays',          'stays'],
  ['posted, accepted',                                      '→ delivered',     'stays',           'stays',          'stays',          'stays'],
  ['posted, refused',                                       'stays',           'stays',           'stays',          'stays',          'stays'],
  ['posted, answer lost',                                   'stays',           'stays',           'stays',          'stays',          'stays'],
  ['posted, stopped',                                       'stays',           'stays',           'stays',          'stays',          'stays'],
  ['posted, died',                                          'stays',           'stays',           'stays',          'stays',          'stays'],
  ['posted, no subscription',                               'stays',           'stays',           'stays',          'stays',          'stays'],
  ['a lease later',                                         '→ delivered',     'stays',           '→ queued',       'stays',          'stays'],
  ['a claim deadline later',                                '→ FAILED',        '→ FAILED',        '→ queued',       'stays',          'stays'],
  ['a person’s retry',                                      'job_not_failed',  'job_not_failed',  'job_not_failed', 'job_not_failed', '→ queued'],
  ['an edit of the text',                                   'stays',           'stays',           'stays',          'another job',    'another job'],
  ['opened again',                                          'job_open',        'job_open',        'job_open',       'another job',    'another job'],
  ['a subscription appears',                                'stays',           'stays',           'stays',          'stays',          'stays'],
  ['a subscription disappears',                             'stays',           'stays',           'stays',          'stays',          'stays'],
  ['n8n has restarted',                                     'stays',           'stays',           'stays',          'stays',          'stays'],
] as const;

/** A run takes about 0.1 seconds of a core for the test alone, and PostgreSQL works beside it. */
const RUNS = 60;

const pairs = TABLE.flatMap(([event, ...outcomes]) =>
  STATES.map((state, at) => ({ state, event, outcome: outcomes[at] })),
);

describe('the state table of jobs', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world.stop());

  it('has every event', () => {
    expect(TABLE.map(([event]) => event)).toEqual(EVENTS);
  });

  it.each(pairs)('$state × $event: $outcome', async ({ state, event, outcome }) => {
    expect(await pairOutcome(world, state, event)).toBe(outcome);
  });
});

it('follows the model of the state table in random runs', async () => {
  const { played, failure } = await checkJobs({ seed: 1, runs: RUNS, path: null });
  expect(failure).toBeNull();
  expect(played).toBe(RUNS);
}, 300_000);
