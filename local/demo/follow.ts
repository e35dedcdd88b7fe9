import { setTimeout as pause } from 'node:timers/promises';
import type { Job, Portal } from './portal.ts';

/** Milliseconds between two looks at the jobs. */
const LOOK_EVERY = 250;
/** After this many milliseconds the demo gives up; a job takes about a second. */
const PATIENCE = 120_000;

/**
 * Looks at the jobs until all have ended, calling `onLook` each time.
 * @returns the jobs as they ended, or as they are after two minutes
 */
export async function follow(
  portal: Portal,
  ids: readonly string[],
  onLook: (jobs: readonly Job[]) => void,
): Promise<Job[]> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const jobs = await Promise.all(ids.map((id) => portal.job(id)));
    onLook(jobs);
    if (jobs.every(({ status }) => status !== 'PROCESSING') || Date.now() > end) return jobs;
    await pause(LOOK_EVERY);
  }
}

/** How far a job is, 0 to 1: waiting for n8n, taken by an execution, ended. */
export function shareDone({ status, progress, executionId }: Job): number {
  if (status !== 'PROCESSING') return 1;
  return Math.max(progress / 100, executionId === null ? 0.1 : 0.5);
}

/** Seconds from the POST to the end, or to now. */
export function secondsOf({ createdAt, endedAt }: Job): number {
  const end = endedAt === undefined ? Date.now() : Date.parse(endedAt);
  return (end - Date.parse(createdAt)) / 1000;
}
