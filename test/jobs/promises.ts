import { TIMING } from '../../api/timing.ts';
import type { JobSeen, Seen } from './observed.ts';

/** What must be true whatever the model says. It follows the rows from step to step. */
export class Promises {
  /** The execution that had each attempt, by job and attempt. */
  readonly #claims = new Map<string, string>();
  #before = new Map<string, JobSeen>();

  /** @returns what is broken */
  check(seen: Seen): string[] {
    const broken = [
      ...seen.jobs.flatMap((row) => this.#ofJob(row)),
      ...seen.materials.flatMap((material) => ofMaterial(material, seen.jobs)),
    ];
    this.#before = new Map(seen.jobs.map((row) => [row.id, row]));
    return broken;
  }

  #ofJob(row: JobSeen): string[] {
    const name = `job ${row.id}`;
    const broken: string[] = [];
    const require = (holds: boolean, what: string) => {
      if (!holds) broken.push(`${name}: ${what}`);
    };

    const isOver = row.status !== 'PROCESSING';
    require(isOver === (row.nextAt === null), 'is in the queue exactly while it is open');
    require(!isOver || row.leaseUntil === null, 'has a lease, and has ended');
    require((row.status === 'COMPLETED') ===
      (row.result !== null), 'has no result, or one too many');
    require(row.drafts ===
      (row.kind === 'generate' && row.status === 'COMPLETED' ? 1 : 0), `has ${row.drafts} drafts`);
    require(row.attempt <= TIMING.attempts + row.retries, `has ${row.attempt} attempts`);

    const claim = `${row.id} ${row.attempt}`;
    const holder = this.#claims.get(claim) ?? row.execution;
    require(row.execution === null ||
      row.execution === holder, `is claimed by ${row.execution} and by ${holder}`);
    if (row.execution !== null) this.#claims.set(claim, row.execution);

    const before = this.#before.get(row.id);
    if (before === undefined) return broken;
    require(row.attempt >= before.attempt, 'went back to an earlier attempt');
    const isReopened = row.retries > before.retries;
    require(before.status === 'PROCESSING' ||
      isReopened ||
      JSON.stringify(row) === JSON.stringify(before), `has changed after its end`);
    require(before.status !== 'COMPLETED' || !isReopened, 'was completed, and was opened again');
    return broken;
  }
}

/** A text that has changed is analysed: an analysis is open, or the last one is for this text. */
function ofMaterial(
  { id, textHash }: Seen['materials'][number],
  jobs: readonly JobSeen[],
): string[] {
  const analyses = jobs.filter(({ kind, material }) => kind === 'analyze' && material === id);
  const open = analyses.filter(({ status }) => status === 'PROCESSING');
  if (open.length > 1) return [`material ${id} has ${open.length} open analyses`];
  if (open.length === 1) return [];
  const last = Math.max(...analyses.map(({ endedAt }) => endedAt ?? 0));
  const isAnalysed = analyses.some((job) => job.endedAt === last && job.textHash === textHash);
  return isAnalysed ? [] : [`material ${id} has a text for which no job was opened`];
}
