import type { Transaction } from 'kysely';
import type { core } from 'zod/v4';
import type { JobKind } from '../../core/index.ts';
import type { MaterialId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import type { JobRow } from './repository.ts';

/** What a job is about, and what the end of the job writes. */
export interface Subject {
  /** Locked; null: the job fills a gap. */
  readonly material: {
    readonly id: MaterialId;
    readonly textHash: string;
    readonly isDeleted: boolean;
  } | null;
  /** @param actor as in the history */
  readonly onCompleted: (job: JobRow, result: object, actor: string) => Promise<void>;
  readonly onFailed: (actor: string) => Promise<void>;
}

/** The result of one kind of job, and the effects of its end. */
export interface KindRules {
  readonly resultSchema: (job: JobRow) => core.$ZodType<object>;
  /**
   * Whether the end of a job writes columns of its material. Then the sync has work, and the next job opens
   * if the material's text has changed while the job was open.
   */
  readonly writesMaterial: boolean;
  /**
   * Locks the material for as long as the transaction lasts.
   *
   * @param id null: the job fills a gap
   * @returns undefined: there is no such material
   */
  readonly lockSubject: (
    trx: Transaction<Database>,
    id: MaterialId | null,
  ) => Promise<Subject | undefined>;
}

export type JobKinds = Readonly<Record<JobKind, KindRules>>;
