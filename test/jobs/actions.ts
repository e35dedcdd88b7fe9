/** The state of a job in the state table: its stage, and its status once it has ended. */
export const STATES = ['queued', 'delivered', 'claimed', 'COMPLETED', 'FAILED'] as const;
export type StateName = (typeof STATES)[number];

/** What n8n reports about a job. */
export const REPORTS = [
  'job.started',
  'job.progress',
  'job.completed',
  'job.completed, not valid',
  'job.failed',
  'job.failed, retryable',
  'job.failed, the execution alone',
] as const;
export type Report = (typeof REPORTS)[number];

/** How a post to n8n ends. `stopped`: the instance stops while it waits. `died`: it died before the post. */
export const ENDS = ['accepted', 'refused', 'answer lost', 'stopped', 'died'] as const;
export type End = (typeof ENDS)[number];

/** A material by its place in the run; null: the gap. */
export interface About {
  readonly kind: 'analyze' | 'generate';
  readonly material: number | null;
}

/** A callback of n8n. */
export interface Callback {
  readonly do: 'callback';
  readonly webhookId: string;
  readonly report: Report;
  /** The job by its place in the run. */
  readonly job: number;
  readonly attempt: number;
  readonly execution: string;
  /** Tells two results, two failures and two percentages apart. */
  readonly content: number;
}

/** What a verb of the API does in one transaction. Jobs and materials are named by their place in the run. */
export type Action =
  | Callback
  | { readonly do: 'retry'; readonly job: number }
  | { readonly do: 'edit'; readonly material: number; readonly text: number }
  | { readonly do: 'open'; readonly about: About; readonly execution: string | null }
  | { readonly do: 'subscribe' }
  | { readonly do: 'unsubscribe' }
  /** n8n reports that it started so many milliseconds ago. */
  | { readonly do: 'restart'; readonly runningForMs: number };
