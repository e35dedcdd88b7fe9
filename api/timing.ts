/** Deadlines and leases of jobs, in milliseconds. Tests pass shorter ones. */
export interface Timing {
  /** An attempt that nobody has claimed by then has failed. */
  readonly claimDeadline: number;
  /** Unclaimed for this long after a delivery, it is posted again; doubled each time. */
  readonly repost: number;
  /** How long a claim holds without a word; longer than the workflow's own timeout. */
  readonly lease: number;
  /** Attempts before a job fails for good. */
  readonly attempts: number;
  /** Pause before a failed post is sent again: `first`, doubled each time, `most` at most. */
  readonly backoff: { readonly first: number; readonly most: number };
  /** Pause after a failed attempt of a job, likewise. */
  readonly nextAttempt: { readonly first: number; readonly most: number };
  /** Milliseconds between two looks at the queue if no notification arrives. */
  readonly poll: number;
  /** How long n8n may take to answer a post; it answers before it runs the workflow. */
  readonly post: number;
  /** How long a job that was taken to be posted stays out of others' reach; longer than `post`. */
  readonly taken: number;
  /** How often a quiet stream of a job says that it is still there; proxies end a quiet connection. */
  readonly heartbeat: number;
  /** How long a batch with `matchBy` waits for the others of its instance. */
  readonly turn: number;
  /** How long a stopping instance waits for the posts that are under way. */
  readonly stop: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const TIMING: Timing = {
  claimDeadline: 60 * MINUTE,
  repost: MINUTE,
  lease: 15 * MINUTE,
  attempts: 3,
  backoff: { first: SECOND, most: 30 * SECOND },
  nextAttempt: { first: 5 * SECOND, most: MINUTE },
  poll: SECOND,
  post: 10 * SECOND,
  taken: 30 * SECOND,
  heartbeat: 15 * SECOND,
  turn: 5 * SECOND,
  stop: 2 * SECOND,
};
