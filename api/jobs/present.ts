import { FAILURE_TEXT, type FailureCode, type JobKind } from '../../core/index.ts';
import type { JobId, MaterialId } from '../db/ids.ts';
import type { JobStatus } from '../db/schema.ts';
import type { JobRow, ListedJobRow } from './repository.ts';

/** A job as lists give it. */
export interface ListedJob {
  readonly id: JobId;
  readonly kind: JobKind;
  readonly materialId: MaterialId | null;
  readonly status: JobStatus;
  /** 0 to 100. */
  readonly progress: number;
  readonly error: {
    readonly code: FailureCode;
    /** What a teacher reads, in Indonesian and English. */
    readonly message: { readonly id: string; readonly en: string };
    /** What happened, for the designer of the workflow. */
    readonly detail: string;
  } | null;
  readonly attempt: number;
  readonly executionId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
}

export interface Job extends ListedJob {
  readonly result: object | null;
}

export function presentJob(row: JobRow): Job {
  return { ...presentListedJob(row), result: row.result_json };
}

export function presentListedJob(row: ListedJobRow): ListedJob {
  const { error } = row;
  return {
    id: row.id,
    kind: row.kind,
    materialId: row.material_id,
    status: row.status,
    progress: row.progress,
    error: error && { code: error.code, message: FAILURE_TEXT[error.code], detail: error.detail },
    attempt: row.attempt,
    executionId: row.execution_id,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    ...(row.started_at && { startedAt: row.started_at.toISOString() }),
    ...(row.ended_at && { endedAt: row.ended_at.toISOString() }),
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

/** A job as a callback's answer has it: the offer, and the status now. */
export type AnsweredJob = JobOffer & { readonly status: JobStatus };

export function presentAnswer(row: JobRow): AnsweredJob {
  return { ...presentOffer(row), status: row.status };
}
