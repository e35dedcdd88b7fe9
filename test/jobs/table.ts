import { ENDS, REPORTS, type StateName } from './actions.ts';
import { stateOf, jobAt } from './model.ts';
import { Player } from './play.ts';
import { reportName, SENDERS, type SingleStep, type Step } from './steps.ts';
import type { World } from './world.ts';

const report = (what: (typeof REPORTS)[number]): SingleStep => ({
  do: 'report',
  report: what,
  by: 'its execution',
  job: 0,
  content: 10,
});

/** Attempt 1 has failed, so that there is a former attempt, and attempt 2 is due. */
const FIRST_ATTEMPT: readonly Step[] = [
  report('job.started'),
  report('job.failed, retryable'),
  { do: 'wait', ms: 'due' },
];
const DELIVERED: Step = { do: 'dispatch', end: 'accepted', during: [] };

/** The steps that bring a job to a state of its second attempt. */
const WAYS: Readonly<Record<StateName, readonly Step[]>> = {
  queued: FIRST_ATTEMPT,
  delivered: [...FIRST_ATTEMPT, DELIVERED, { do: 'wait', ms: 'due' }],
  claimed: [...FIRST_ATTEMPT, DELIVERED, report('job.started')],
  COMPLETED: [...FIRST_ATTEMPT, DELIVERED, report('job.started'), report('job.completed')],
  FAILED: [...FIRST_ATTEMPT, DELIVERED, report('job.started'), report('job.failed')],
};

/** The steps of each event of EVENTS, by its name. */
const STEPS: Readonly<Record<string, readonly Step[]>> = {
  ...Object.fromEntries(
    REPORTS.flatMap((what) =>
      SENDERS.map((by) => [
        reportName(what, by),
        [{ do: 'report', report: what, by, job: 0, content: 60 } as const],
      ]),
    ),
  ),
  'a callback again, the same webhook-id': [{ do: 'again', back: 0, isNewId: false }],
  'a callback again, a new webhook-id': [{ do: 'again', back: 0, isNewId: true }],
  ...Object.fromEntries(
    ENDS.map((end) => [`posted, ${end}`, [{ do: 'dispatch', end, during: [] } as const]]),
  ),
  'posted, no subscription': [
    { do: 'unsubscribe' },
    { do: 'dispatch', end: 'refused', during: [] },
  ],
  'a lease later': [{ do: 'late', by: 'lease' }],
  'a claim deadline later': [{ do: 'late', by: 'claimDeadline' }],
  'a person’s retry': [{ do: 'retry', job: 0 }],
  'an edit of the text': [{ do: 'edit', material: 0, text: 1 }],
  'opened again': [{ do: 'open', about: 2, execution: null }],
  'a subscription appears': [{ do: 'subscribe' }],
  'a subscription disappears': [{ do: 'unsubscribe' }],
  'n8n has restarted': [{ do: 'restart', runningForMs: 0 }],
};

/**
 * Plays one pair of state and event at the API and in the model.
 *
 * @returns the code of the problem; or the state after the event; or `stays`; or `another job` if one was opened
 */
export async function pairOutcome(world: World, state: StateName, event: string): Promise<string> {
  const player = await Player.begin(world, 1, new Set());
  for (const step of WAYS[state]) await player.step(step);
  const before = jobAt(player.state, 0);
  if (stateOf(before) !== state)
    throw new Error(`The job is ${stateOf(before)}, and not ${state}.`);
  const steps = STEPS[event];
  if (steps === undefined) throw new Error(`There are no steps for ${event}.`);
  let answers: readonly string[] = [];
  for (const step of steps) answers = await player.step(step);

  const after = jobAt(player.state, 0);
  const hasMoved = stateOf(after) !== state || after.attempt !== before.attempt;
  const code = answers.find((answer) => !answer.startsWith('ok'));
  const outcomes = [
    ...(code === undefined ? [] : [code]),
    ...(hasMoved ? [`→ ${stateOf(after)}`] : []),
    ...(player.state.jobs.length > 1 ? ['another job'] : []),
  ];
  return outcomes.length === 0 ? 'stays' : outcomes.join(', ');
}
