import { TIMING } from '../../api/timing.ts';
import type { Action, End } from './actions.ts';
import {
  attemptFailed,
  changed,
  dueAt,
  isDue,
  jobAt,
  jobsOfExecution,
  longestPause,
  outcome,
  received,
  within,
  type Job,
  type Outcome,
  type Span,
  type State,
} from './model.ts';

/** One transaction of the model. What follows it in the same verb is `then`. */
export interface Micro {
  /** The job that it is about, by its place; null: it may be about any. */
  readonly job: number | null;
  run(state: State): MicroOutcome[];
}

export interface MicroOutcome {
  readonly state: State;
  /** The answer of the member that it belongs to, if it is known now. */
  readonly answer?: { readonly member: number; readonly text: string };
  /** The event that goes out with it: job and attempt. */
  readonly post?: string;
  readonly then?: readonly Micro[];
  /** Transactions that wait until the test lets n8n answer. */
  readonly held?: readonly Micro[];
}

/** @param more `canFail`: the database may be away, and then nothing changes */
export const verb = (member: number, action: Action, { canFail = false } = {}): Micro => ({
  job: null,
  run: (state) => [
    ...begun(member, action).run(state),
    ...(canFail ? [{ state, answer: { member, text: 'unavailable' } }] : []),
  ],
});

function begun(member: number, action: Action): Micro {
  if (action.do !== 'callback') return transaction(member, (state) => outcome(state, action));
  if (action.report !== 'job.failed, the execution alone') {
    return transaction(member, (state) => received(state, action, action.job));
  }
  // The job is found before it is locked: something else may happen in between.
  return {
    job: null,
    run(state) {
      const meant = jobsOfExecution(state, action.execution);
      const choices = meant.length === 0 ? [null] : meant;
      return choices.map((job) => ({
        state,
        then: [transaction(member, (later) => received(later, action, job))],
      }));
    },
  };
}

const transaction = (member: number, change: (state: State) => Outcome): Micro => ({
  job: null,
  run(state) {
    const { state: after, answer: text } = change(state);
    return [{ state: after, answer: { member, text } }];
  },
});

interface Delivering {
  readonly end: End;
  /** Whether n8n's answers wait for the test. */
  readonly isHeld: boolean;
  /** Whether other transactions run at the same time: then it leaves out jobs that one of them has locked. */
  readonly isShared: boolean;
}

/** An instance takes the jobs that are due, and handles each. */
export const dispatch = (delivering: Delivering): Micro => ({
  job: null,
  run(state) {
    const due = [...state.jobs.keys()].filter((at) => isDue(jobAt(state, at), state.now));
    const choices = delivering.isShared ? subsets(due) : [due];
    return choices.map((taken) => {
      const until = state.now + TIMING.taken;
      const nextAt: Span = [until, until];
      const after = taken.reduce((one, at) => changed(one, at, { nextAt }), state);
      const then = taken.map((at) => handle(at, jobAt(state, at), state.now, delivering));
      return { state: after, then: delivering.end === 'died' ? [] : then };
    });
  },
});

function subsets(all: readonly number[]): number[][] {
  return all.reduce<number[][]>(
    (sets, one) => [...sets, ...sets.map((set) => [...set, one])],
    [[]],
  );
}

const isUnclaimed = (job: Job, { attempt }: Job) =>
  job.status === 'PROCESSING' && job.attempt === attempt && job.execution === null;

/** @param due the job as it was taken */
const handle = (at: number, due: Job, takenAt: number, delivering: Delivering): Micro => ({
  job: at,
  run(state) {
    const job = jobAt(state, at);
    if (due.stage === 'claimed') {
      const isSame = job.stage === 'claimed' && job.leaseUntil === due.leaseUntil;
      if ((due.leaseUntil ?? Infinity) > takenAt || !isSame) return [{ state }];
      const how = { error: 'workflow_silent', ending: null, isRetryable: true };
      return [{ state: attemptFailed(state, at, how) }];
    }
    if (due.claimDeadline[0] <= takenAt) {
      if (!isUnclaimed(job, due)) return [{ state }];
      const how = { error: 'workflow_absent', ending: null, isRetryable: false };
      return [{ state: attemptFailed(state, at, how) }];
    }
    const { subscription } = state;
    if (subscription === null) return answered(at, due, 'refused').run(state);
    if (!isUnclaimed(job, due)) return [{ state }];
    const next = [answered(at, due, delivering.end)];
    return [
      {
        state: changed(state, at, { deliveredTo: subscription }),
        post: `${at} ${due.attempt}`,
        ...(delivering.isHeld ? { held: next } : { then: next }),
      },
    ];
  },
});

/** n8n has answered a post, or did not. */
const answered = (at: number, due: Job, end: End): Micro => ({
  job: at,
  run(state) {
    const job = jobAt(state, at);
    const { now } = state;
    if (!isUnclaimed(job, due)) return [{ state }];
    if (end === 'stopped') return [{ state: changed(state, at, { nextAt: [now, now] }) }];
    if (end === 'accepted') {
      const again = now + TIMING.repost * 2 ** due.deliveries;
      const nextAt = dueAt([again, again], job);
      const deliveries = job.deliveries + 1;
      return [{ state: changed(state, at, { stage: 'delivered', deliveries, misses: 0, nextAt }) }];
    }
    const pause = within(now, longestPause(TIMING.backoff, due.misses + 1));
    const nextAt = dueAt(pause, job);
    return [{ state: changed(state, at, { misses: job.misses + 1, nextAt }) }];
  },
});

/** Where some order of the transactions leads. */
export interface Leaf {
  readonly state: State;
  readonly answers: readonly (string | undefined)[];
  readonly posts: readonly string[];
  readonly held: readonly Micro[];
}

/**
 * Every end that some order of the transactions leads to. Transactions about different jobs are tried in one
 * order only, because they do not see each other.
 */
export function* leaves(start: Leaf, pending: readonly Micro[]): Generator<Leaf> {
  if (pending.length === 0) {
    yield start;
    return;
  }
  const alone = pending.findIndex(
    ({ job }, at) => job !== null && isAlone(pending, at, start.state),
  );
  const next = alone >= 0 ? [alone] : pending.keys();
  for (const at of next) {
    const micro = pending[at];
    if (micro === undefined) continue;
    const others = pending.filter((_, other) => other !== at);
    for (const { state, answer, post, then = [], held = [] } of micro.run(start.state)) {
      const answers = [...start.answers];
      if (answer !== undefined) answers[answer.member] = answer.text;
      yield* leaves(
        {
          state,
          answers,
          posts: post === undefined ? start.posts : [...start.posts, post],
          held: [...start.held, ...held],
        },
        [...others, ...then],
      );
    }
  }
}

/** Whether no other transaction is about the same material or gap. */
function isAlone(pending: readonly Micro[], at: number, state: State): boolean {
  const mine = pending[at]?.job ?? null;
  return pending.every(
    ({ job }, other) =>
      other === at ||
      (job !== null &&
        mine !== null &&
        jobAt(state, job).about.material !== jobAt(state, mine).about.material),
  );
}
