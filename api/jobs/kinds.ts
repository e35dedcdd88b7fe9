import type { Transaction } from 'kysely';
import type { core } from 'zod/v4';
import type { JobKind } from '../../core/index.ts';
import type { MaterialId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import type { JobRow } from './repository.ts';

/** A job's material, locked, and what the end of the job writes into it. */
export interface Subject {
  readonly id: MaterialId;
  readonly textHash: string;
  readonly isDeleted: boolean;
  /** @param actor as in the history */
  readonly onCompleted: (job: JobRow, result: object, actor: string) => Promise<void>;
  readonly onFailed: (actor: string) => Promise<void>;
}

/** The result of one kind of job, and the effects of its end on a material. */
export interface KindRules {
  readonly resultSchema: core.$ZodType<object>;
  /** Locks a material for as long as the transaction lasts; undefined: there is none. */
  readonly lockSubject: (
    trx: Transaction<Database>,
    id: MaterialId,
  ) => Promise<Subject | undefined>;
}

export type JobKinds = Readonly<Partial<Record<JobKind, KindRules>>>;

export function rulesOf(kinds: JobKinds, kind: JobKind): KindRules {
  const rules = kinds[kind];
  if (rules === undefined) throw new Error(`Nothing says what the end of a ${kind} job means.`);
  return rules;
}
