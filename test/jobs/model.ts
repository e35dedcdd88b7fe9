import { TIMING } from '../../api/timing.ts';
import type { About, Action, Callback, StateName } from './actions.ts';

/**
 * The state table of jobs (api/jobs/model.test.ts) as pure functions. It shares the durations of the API, and
 * none of its code.
 */

/** A time in milliseconds, between its earliest and its latest: a pause has a random part. */
export type Span = readonly [earliest: number, latest: number];

export interface Job {
  readonly about: About;
  readonly status: 'PROCESSING' | 'COMPLETED' | 'FAILED';
  readonly stage: 'queued' | 'delivered' | 'claimed' | 'ended';
  readonly attempt: number;
  readonly execution: string | null;
  readonly progress: number;
  readonly deliveries: number;
  readonly misses: number;
  /** The number of the subscription that it was last posted to. */
  readonly deliveredTo: number | null;
  readonly nextAt: Span | null;
  readonly claimDeadline: Span;
  readonly leaseUntil: number | null;
  /** The last ending that was accepted. */
  readonly ending: string | null;
  readonly text: number | null;
  readonly error: string | null;
  /** The content of its result. */
  readonly result: number | null;
  /** Drafts that it has written. */
  readonly drafts: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly updatedAt: number;
}

export interface Material {
  readonly text: number;
  readonly aiStatus: '' | 'COMPLETED' | 'FAILED';
  /** The place of the job whose result it shows. */
  readonly analysisJob: number | null;
}

export interface State {
  readonly now: number;
  readonly jobs: readonly Job[];
  readonly materials: readonly Material[];
  /** The number of the subscription; null: there is none. */
  readonly subscription: number | null;
  /** How many subscriptions there have been. */
  readonly subscriptions: number;
  /** The answers to callbacks, by webhook-id. */
  readonly answers: Readonly<Record<string, { readonly answer: string; readonly at: number }>>;
}

/** What an action leads to. */
export interface Outcome {
  readonly state: State;
  /** `ok`, the job's status and attempt; or the code of a problem. */
  readonly answer: string;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

const exactly = (at: number): Span => [at, at];

/** From now, after a pause whose random part is at most a half. */
export const within = (now: number, longest: number): Span => [now + longest / 2, now + longest];

export const longestPause = ({ first, most }: { first: number; most: number }, tries: number) =>
  Math.min(most, first * 2 ** (tries - 1));

const earlier = (one: Span, other: Span): Span => [
  Math.min(one[0], other[0]),
  Math.min(one[1], other[1]),
];

export const stateOf = (job: Job): StateName =>
  job.status === 'PROCESSING' ? (job.stage as StateName) : job.status;

export function jobAt(state: State, job: number): Job {
  const found = state.jobs[job];
  if (found === undefined) throw new Error(`The model has no job ${job}.`);
  return found;
}

export const changed = (state: State, job: number, change: Partial<Job>): State => ({
  ...state,
  jobs: state.jobs.map((one, at) => (at === job ? { ...one, ...change } : one)),
});

const withMaterial = (state: State, material: number, change: Partial<Material>): State => ({
  ...state,
  materials: state.materials.map((one, at) => (at === material ? { ...one, ...change } : one)),
});

const isAbout = ({ about }: Job, { kind, material }: About) =>
  about.kind === kind && about.material === material;

const isOpen = (state: State, about: About) =>
  state.jobs.some((job) => job.status === 'PROCESSING' && isAbout(job, about));

const textOf = (state: State, { material }: About) =>
  material === null ? null : (state.materials[material]?.text ?? null);

function opened(state: State, about: About): State {
  const job: Job = {
    about,
    status: 'PROCESSING',
    stage: 'queued',
    attempt: 1,
    execution: null,
    progress: 0,
    deliveries: 0,
    misses: 0,
    deliveredTo: null,
    nextAt: exactly(state.now),
    claimDeadline: exactly(state.now + TIMING.claimDeadline),
    leaseUntil: null,
    ending: null,
    text: textOf(state, about),
    error: null,
    result: null,
    drafts: 0,
    startedAt: null,
    endedAt: null,
    updatedAt: state.now,
  };
  return { ...state, jobs: [...state.jobs, job] };
}

/** A material that was just added has one open analysis. */
export const added = (state: State): State =>
  opened(
    { ...state, materials: [...state.materials, { text: 0, aiStatus: '', analysisJob: null }] },
    { kind: 'analyze', material: state.materials.length },
  );

/** The change that a new attempt makes. */
const fresh = (job: Job, now: number, pause: Span): Partial<Job> => ({
  status: 'PROCESSING',
  stage: 'queued',
  attempt: job.attempt + 1,
  execution: null,
  progress: 0,
  deliveries: 0,
  misses: 0,
  deliveredTo: null,
  nextAt: pause,
  claimDeadline: [pause[0] + TIMING.claimDeadline, pause[1] + TIMING.claimDeadline],
  leaseUntil: null,
  updatedAt: now,
});

/** An attempt has failed: the next one comes, or the job fails. */
export function attemptFailed(
  state: State,
  at: number,
  how: { error: string; ending: string | null; isRetryable: boolean },
): State {
  const job = jobAt(state, at);
  const { now } = state;
  if (how.isRetryable && job.attempt < TIMING.attempts) {
    const pause = within(now, longestPause(TIMING.nextAttempt, job.attempt));
    return changed(state, at, { ...fresh(job, now, pause), ending: how.ending });
  }
  return ended(state, at, { status: 'FAILED', error: how.error, ending: how.ending });
}

/** A job has ended. Its material shows it, and a text that has changed meanwhile opens the next job. */
function ended(state: State, at: number, change: Partial<Job>): State {
  const job = jobAt(state, at);
  const { now } = state;
  const after = changed(state, at, {
    stage: 'ended',
    nextAt: null,
    leaseUntil: null,
    endedAt: now,
    updatedAt: now,
    ...change,
  });
  const { kind, material } = job.about;
  if (kind !== 'analyze' || material === null) return after;
  const shown = withMaterial(
    after,
    material,
    change.status === 'COMPLETED'
      ? { aiStatus: 'COMPLETED', analysisJob: at }
      : { aiStatus: 'FAILED' },
  );
  return textOf(shown, job.about) === job.text ? shown : opened(shown, job.about);
}

/** Why a report no longer applies to its job. */
function refusal(job: Job, { attempt }: Pick<Callback, 'attempt'>): string {
  if (job.status !== 'PROCESSING') return 'job_ended';
  if (job.attempt !== attempt) return 'attempt_over';
  return job.execution === null ? 'job_not_claimed' : 'job_claimed';
}

const answerOf = ({ status, attempt }: Job) => `ok ${status} ${attempt}`;

function claimed(state: State, at: number, execution: string): State {
  const until = state.now + TIMING.lease;
  return changed(state, at, {
    stage: 'claimed',
    execution,
    leaseUntil: until,
    nextAt: exactly(until),
    startedAt: jobAt(state, at).startedAt ?? state.now,
    updatedAt: state.now,
  });
}

/** A report about a job that it names. */
function reported(state: State, report: Callback): Outcome {
  const at = report.job;
  const job = jobAt(state, at);
  const isAttempt = job.status === 'PROCESSING' && job.attempt === report.attempt;
  const isMine = isAttempt && job.execution === report.execution;
  const ending = JSON.stringify([
    report.report.startsWith('job.failed') ? 'failed' : 'completed',
    report.report === 'job.failed, retryable',
    report.attempt,
    report.execution,
    report.content,
  ]);
  const to = (after: State): Outcome => ({ state: after, answer: answerOf(jobAt(after, at)) });
  const refused: Outcome = { state, answer: refusal(job, report) };

  switch (report.report) {
    case 'job.started':
      if (isMine) return to(state);
      return isAttempt && job.execution === null
        ? to(claimed(state, at, report.execution))
        : refused;
    case 'job.progress': {
      if (!isMine) return refused;
      const until = state.now + TIMING.lease;
      const progress = Math.max(job.progress, report.content);
      const lease = { leaseUntil: until, nextAt: exactly(until), updatedAt: state.now };
      return to(changed(state, at, { progress, ...lease }));
    }
    case 'job.completed':
      if (!isMine) return job.ending === ending ? to(state) : refused;
      return to(
        ended(state, at, {
          status: 'COMPLETED',
          progress: 100,
          ending,
          result: report.content,
          drafts: job.about.kind === 'generate' ? 1 : 0,
        }),
      );
    case 'job.completed, not valid':
      return isMine ? { state, answer: 'invalid' } : refused;
    case 'job.failed':
    case 'job.failed, retryable':
    case 'job.failed, the execution alone': {
      if (job.ending === ending) return to(state);
      if (!isMine) return refused;
      const isRetryable = report.report === 'job.failed, retryable';
      return to(attemptFailed(state, at, { error: 'model_unavailable', ending, isRetryable }));
    }
  }
}

/**
 * The jobs that an execution may mean that names none: one that it has claimed, else the newest. With equal
 * times PostgreSQL may choose any.
 */
export function jobsOfExecution(state: State, execution: string): number[] {
  const places = [...state.jobs.keys()].filter((at) => jobAt(state, at).execution === execution);
  const claimed = places.filter((at) => jobAt(state, at).stage === 'claimed');
  const best = claimed.length > 0 ? claimed : places;
  const newest = Math.max(...best.map((at) => jobAt(state, at).updatedAt));
  return best.filter((at) => jobAt(state, at).updatedAt === newest);
}

/** @param meant the job that the report is about; null: its execution has none */
export function received(state: State, report: Callback, meant: number | null): Outcome {
  const kept = state.answers[report.webhookId];
  if (kept !== undefined && kept.at > state.now - DAY_MS) return { state, answer: kept.answer };
  const { state: after, answer } =
    meant === null ? { state, answer: 'not_found' } : reported(state, named(state, report, meant));
  const answers = { ...after.answers, [report.webhookId]: { answer, at: after.now } };
  return { state: { ...after, answers }, answer };
}

/** An execution that names no job means the attempt that the job is at. */
const named = (state: State, report: Callback, job: number): Callback =>
  report.report === 'job.failed, the execution alone'
    ? { ...report, job, attempt: jobAt(state, job).attempt }
    : report;

/** What an action leads to. */
export function outcome(state: State, action: Exclude<Action, Callback>): Outcome {
  switch (action.do) {
    case 'retry':
      return retried(state, action.job);
    case 'edit': {
      const about: About = { kind: 'analyze', material: action.material };
      if (textOf(state, about) === action.text) return { state, answer: 'ok' };
      const edited = withMaterial(state, action.material, { text: action.text });
      return isOpen(edited, about)
        ? { state: edited, answer: 'ok' }
        : { state: opened(edited, about), answer: 'ok opened' };
    }
    case 'open': {
      const { about, execution } = action;
      if (isOpen(state, about)) return { state, answer: 'job_open' };
      const after = opened(state, about);
      return {
        state: execution === null ? after : claimed(after, after.jobs.length - 1, execution),
        answer: 'ok PROCESSING 1',
      };
    }
    case 'subscribe':
      return { state: subscribed(state), answer: 'ok' };
    case 'unsubscribe':
      return { state: { ...state, subscription: null }, answer: 'ok' };
    case 'restart':
      return restarted(state, action.runningForMs);
  }
}

function retried(state: State, at: number): Outcome {
  const job = jobAt(state, at);
  if (job.status !== 'FAILED') return { state, answer: 'job_not_failed' };
  if (isOpen(state, job.about)) return { state, answer: 'job_open' };
  const after = changed(state, at, {
    ...fresh(job, state.now, exactly(state.now)),
    error: null,
    ending: null,
    startedAt: null,
    endedAt: null,
    text: textOf(state, job.about),
  });
  return { state: after, answer: answerOf(jobAt(after, at)) };
}

/** A subscription appears: jobs that wait for one are due at once. */
function subscribed(state: State): State {
  const isNew = state.subscription === null;
  const subscriptions = state.subscriptions + (isNew ? 1 : 0);
  return {
    ...state,
    subscriptions,
    subscription: isNew ? subscriptions : state.subscription,
    jobs: state.jobs.map((job) =>
      job.stage === 'queued' && job.misses > 0
        ? { ...job, nextAt: exactly(state.now), misses: 0 }
        : job,
    ),
  };
}

/** n8n was started again: the leases that were given before its start are over. */
function restarted(state: State, runningForMs: number): Outcome {
  const { now } = state;
  const isReleased = ({ stage, leaseUntil, deliveredTo }: Job) =>
    stage === 'claimed' &&
    leaseUntil !== null &&
    leaseUntil > now &&
    leaseUntil <= now + TIMING.lease - runningForMs &&
    deliveredTo !== null &&
    deliveredTo === state.subscription;
  const released = state.jobs.filter(isReleased).length;
  const jobs = state.jobs.map((job) =>
    isReleased(job) ? { ...job, leaseUntil: now, nextAt: exactly(now) } : job,
  );
  return { state: { ...state, jobs }, answer: `ok released ${released}` };
}

/** When the queue looks at a job next: not after its claim deadline. */
export const dueAt = (at: Span, { claimDeadline }: Job): Span => earlier(at, claimDeadline);

export const isDue = ({ status, nextAt }: Job, now: number): boolean =>
  status === 'PROCESSING' && nextAt !== null && nextAt[0] <= now;
