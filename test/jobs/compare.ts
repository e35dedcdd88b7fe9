import type { JobId } from '../../core/index.ts';
import type { Job, Span, State } from './model.ts';
import type { JobSeen, Seen } from './observed.ts';
import { resultText } from './reports.ts';
import type { Leaf } from './thread.ts';
import { hashOf, toJobIds, type World } from './world.ts';

/** What the API did in a step. */
export interface Done {
  readonly answers: readonly string[];
  readonly posts: readonly string[];
  readonly seen: Seen;
}

/** Microseconds get lost between numbers of PostgreSQL and of JavaScript. */
const ROUNDING_MS = 0.01;

/**
 * Compares an end of the model with what the API did.
 *
 * @returns the differences, and the ids of all jobs in the order of the model
 */
export function compare(
  { state, answers, posts }: Leaf,
  done: Done,
  world: World,
): { differences: string[]; ids: JobId[] } {
  const rows = placed(state, done.seen, world);
  const ids = toJobIds(rows.flatMap((row) => row?.id ?? []));
  const differences = [
    ...different('the number of jobs', state.jobs.length, done.seen.jobs.length),
    ...different('the answers', answers, done.answers),
    ...state.jobs.flatMap((job, at) => {
      const row = rows[at];
      return row === undefined ? [`job ${at} is missing`] : jobDifferences(`job ${at}`, job, row);
    }),
    ...state.materials.flatMap((material, at) => {
      const row = done.seen.materials.find(({ id }) => id === world.materialAt(at));
      const shown = material.analysisJob === null ? null : (ids[material.analysisJob] ?? null);
      const { text, aiStatus } = material;
      return different(
        `material ${at}`,
        { textHash: hashOf(at, text), aiStatus, analysisJob: shown },
        row && { textHash: row.textHash, aiStatus: row.aiStatus, analysisJob: row.analysisJob },
      );
    }),
    ...different(
      'the posts',
      posts
        .map((post) => {
          const [at, attempt] = post.split(' ');
          return `job_${ids[Number(at)]}_${attempt}`;
        })
        .sort(),
      [...done.posts].sort(),
    ),
  ];
  return { differences, ids };
}

/** The row of each job of the model. A new job is found by its kind and its material. */
function placed(state: State, { jobs }: Seen, world: World): Array<JobSeen | undefined> {
  const left = new Map(jobs.map((row) => [row.id, row]));
  return state.jobs.map(({ about }, at) => {
    const known = world.jobs[at];
    const material = world.materialAt(about.material);
    const row =
      known === undefined
        ? [...left.values()].find(
            (one) =>
              !world.jobs.some((id) => id === one.id) &&
              one.kind === about.kind &&
              one.material === material,
          )
        : left.get(known);
    if (row !== undefined) left.delete(row.id);
    return row;
  });
}

function jobDifferences(name: string, job: Job, row: JobSeen): string[] {
  const { material } = job.about;
  return [
    ...different(
      name,
      {
        status: job.status,
        stage: job.stage,
        attempt: job.attempt,
        execution: job.execution,
        progress: job.progress,
        deliveries: job.deliveries,
        misses: job.misses,
        isDelivered: job.deliveredTo !== null,
        leaseUntil: job.leaseUntil,
        hasEnding: job.ending !== null,
        textHash: material === null || job.text === null ? null : hashOf(material, job.text),
        error: job.error,
        result: job.result === null ? null : resultText(job.result),
        drafts: job.drafts,
        startedAt: job.startedAt,
        endedAt: job.endedAt,
        updatedAt: job.updatedAt,
      },
      {
        status: row.status,
        stage: row.stage,
        attempt: row.attempt,
        execution: row.execution,
        progress: row.progress,
        deliveries: row.deliveries,
        misses: row.misses,
        isDelivered: row.isDelivered,
        leaseUntil: row.leaseUntil,
        hasEnding: row.hasEnding,
        textHash: row.textHash,
        error: row.error,
        result: row.result,
        drafts: row.drafts,
        startedAt: row.startedAt,
        endedAt: row.endedAt,
        updatedAt: row.updatedAt,
      },
    ),
    ...outside(`${name}, nextAt`, job.nextAt, row.nextAt),
    ...outside(`${name}, claimDeadline`, job.claimDeadline, row.claimDeadline),
  ];
}

function different(name: string, expected: unknown, actual: unknown): string[] {
  if (JSON.stringify(expected) === JSON.stringify(actual)) return [];
  if (!isRecord(expected) || !isRecord(actual)) {
    return [`${name}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
  }
  return Object.keys(expected).flatMap((key) =>
    different(`${name}, ${key}`, expected[key], actual[key]),
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function outside(name: string, span: Span | null, actual: number | null): string[] {
  if (span === null || actual === null) return different(name, span, actual);
  const isWithin = span[0] - ROUNDING_MS <= actual && actual <= span[1] + ROUNDING_MS;
  return isWithin ? [] : [`${name}: ${actual} is not between ${span[0]} and ${span[1]}`];
}

/** The model's state with the pauses that the API has drawn. */
export function adopt(state: State, { jobs }: Seen, ids: readonly JobId[]): State {
  const rows = new Map(jobs.map((row) => [row.id, row]));
  return {
    ...state,
    jobs: state.jobs.map((job, at) => {
      const row = rows.get(ids[at] ?? '');
      if (row === undefined) return job;
      const { nextAt, claimDeadline } = row;
      return {
        ...job,
        nextAt: nextAt === null ? null : [nextAt, nextAt],
        claimDeadline: [claimDeadline, claimDeadline],
      };
    }),
  };
}
