import { FAILURE_TEXT, type JobKind } from '../../core/index.ts';
import type { JobId } from '../db/ids.ts';
import type { JobRow, ListedJobRow } from './repository.ts';
import type { AnsweredJob, Job, ListedJob } from './schemas.ts';

export function presentJob(row: JobRow): Job {
  return { ...presentListedJob(row), result: row.resultJson };
}

export function presentListedJob(row: ListedJobRow): ListedJob {
  const { error } = row;
  return {
    id: row.id,
    kind: row.kind,
    materialId: row.materialId,
    options: row.options,
    status: row.status,
    progress: row.progress,
    error: error && { code: error.code, message: FAILURE_TEXT[error.code], detail: error.detail },
    attempt: row.attempt,
    executionId: row.executionId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...(row.startedAt && { startedAt: row.startedAt.toISOString() }),
    ...(row.endedAt && { endedAt: row.endedAt.toISOString() }),
  };
}

/** A job as an event carries it: core's `jobOfferSchema`. */
export interface JobOffer {
  readonly id: JobId;
  readonly kind: JobKind;
  readonly attempt: number;
  readonly options: Record<string, unknown>;
}

export function presentOffer({ id, kind, attempt, options }: JobRow): JobOffer {
  return { id, kind, attempt, options };
}

export function presentAnswer(row: JobRow): AnsweredJob {
  return { ...presentOffer(row), status: row.status };
}
