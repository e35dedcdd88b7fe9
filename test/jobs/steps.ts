import fc from 'fast-check';
import { TIMING } from '../../api/timing.ts';
import { ENDS, REPORTS, type End, type Report } from './actions.ts';

/** Who sends a report: the execution that has claimed the job, another one, or one of the attempt before. */
export const SENDERS = ['its execution', 'another execution', 'a former attempt'] as const;
export type Sender = (typeof SENDERS)[number];

/** How much time passes: until a job is due, or so many milliseconds. */
type Wait = 'due' | number;

/** What one instance does. Jobs are chosen by a number: it counts from the first job again if it is too large. */
export type SingleStep =
  | {
      readonly do: 'report';
      readonly report: Report;
      readonly by: Sender;
      readonly job: number;
      readonly content: number;
    }
  /** n8n sends an earlier callback again, under its own webhook-id or a new one. */
  | { readonly do: 'again'; readonly back: number; readonly isNewId: boolean }
  | { readonly do: 'retry'; readonly job: number }
  | { readonly do: 'edit'; readonly material: number; readonly text: number }
  | { readonly do: 'open'; readonly about: number; readonly execution: string | null }
  | { readonly do: 'subscribe' }
  | { readonly do: 'unsubscribe' }
  | { readonly do: 'restart'; readonly runningForMs: number };

export type Step =
  | SingleStep
  | { readonly do: 'wait'; readonly ms: Wait }
  /** An instance handles what is due. Meanwhile, before n8n answers, other steps happen. */
  | { readonly do: 'dispatch'; readonly end: End; readonly during: readonly Step[] }
  /** The time passes, and then an instance handles what is due. */
  | { readonly do: 'late'; readonly by: 'lease' | 'claimDeadline' }
  /** Two instances do these at the same time, with as many dispatches beside them. */
  | {
      readonly do: 'together';
      readonly steps: readonly SingleStep[];
      readonly dispatches: number;
      readonly end: 'accepted' | 'refused';
    }
  /** The connection is cut after so many statements. */
  | { readonly do: 'cut'; readonly after: number; readonly step: SingleStep };

/** What n8n does after the last fault. */
export const RESTS = ['completes', 'is silent', 'crashes', 'is away'] as const;
export type Rest = (typeof RESTS)[number];

export interface Run {
  readonly materials: number;
  readonly steps: readonly Step[];
  readonly rest: Rest;
  /** Seeds the random part of each pause. */
  readonly pauses: number;
}

/** The events of the state table: every one meets a job in every state. */
export const EVENTS: readonly string[] = [
  ...REPORTS.flatMap((report) =>
    SENDERS.filter((by) => by !== 'a former attempt' || !report.endsWith('alone')).map((by) =>
      reportName(report, by),
    ),
  ),
  'a callback again, the same webhook-id',
  'a callback again, a new webhook-id',
  ...ENDS.map((end) => `posted, ${end}`),
  'posted, no subscription',
  'a lease later',
  'a claim deadline later',
  'a person’s retry',
  'an edit of the text',
  'opened again',
  'a subscription appears',
  'a subscription disappears',
  'n8n has restarted',
];

export function reportName(report: Report, by: Sender): string {
  return `${report}, by ${by}`;
}

const job = fc.nat(5);
const execution = fc.constantFrom('a', 'b', 'c');

const report = fc.record({
  do: fc.constant('report' as const),
  report: fc.oneof(
    { weight: 3, arbitrary: fc.constant('job.started' as const) },
    { weight: 4, arbitrary: fc.constantFrom(...REPORTS) },
  ),
  by: fc.oneof(
    { weight: 5, arbitrary: fc.constant('its execution' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...SENDERS) },
  ),
  job,
  content: fc.constantFrom(10, 60),
});

const single: fc.Arbitrary<SingleStep> = fc.oneof(
  { weight: 12, arbitrary: report },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('again' as const),
      back: fc.nat(4),
      isNewId: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('retry' as const), job }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      material: fc.nat(1),
      text: fc.nat(2),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('open' as const),
      about: fc.nat(4),
      execution: fc.option(execution, { freq: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'subscribe' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'unsubscribe' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('restart' as const),
      runningForMs: fc.constantFrom(0, 60_000, TIMING.lease - 1, TIMING.lease),
    }),
  },
);

/** Without changes of the subscription: dispatch reads it outside of its transactions. */
const concurrent = single.filter(({ do: what }) => !what.endsWith('subscribe'));

const MINUTE_MS = 60_000;
const wait = fc.record({
  do: fc.constant('wait' as const),
  ms: fc.oneof(
    { weight: 3, arbitrary: fc.constant('due' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        1_000,
        TIMING.taken + 1_000,
        MINUTE_MS,
        5 * MINUTE_MS,
        TIMING.lease,
        TIMING.claimDeadline,
        25 * 60 * MINUTE_MS,
      ),
    },
  ),
});

const dispatchWith = (during: fc.Arbitrary<Step[]>) =>
  fc.record({
    do: fc.constant('dispatch' as const),
    end: fc.oneof(
      { weight: 3, arbitrary: fc.constant('accepted' as const) },
      { weight: 2, arbitrary: fc.constantFrom(...ENDS) },
    ),
    during,
  });

const inner: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: single },
  { weight: 2, arbitrary: wait },
  { weight: 1, arbitrary: dispatchWith(fc.constant([])) },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: single },
  { weight: 4, arbitrary: wait },
  {
    weight: 6,
    arbitrary: dispatchWith(
      fc.oneof(
        { weight: 2, arbitrary: fc.constant<Step[]>([]) },
        { weight: 1, arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }) },
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('late' as const),
      by: fc.constantFrom('lease' as const, 'claimDeadline' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('together' as const),
      steps: fc.array(concurrent, { minLength: 1, maxLength: 3 }),
      dispatches: fc.constantFrom(0, 0, 1, 2),
      end: fc.constantFrom('accepted' as const, 'refused' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('cut' as const),
      after: fc.integer({ min: 1, max: 10 }),
      step: concurrent,
    }),
  },
);

export const runs: fc.Arbitrary<Run> = fc.record({
  materials: fc.integer({ min: 1, max: 2 }),
  steps: fc.array(step, { maxLength: 16, size: 'max' }),
  rest: fc.constantFrom(...RESTS),
  pauses: fc.nat(),
});
