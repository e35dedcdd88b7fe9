import type { Kysely } from 'kysely';
import { checkInvariants } from '../../api/invariants/index.ts';
import type { Database } from '../../api/db/schema.ts';
import { createLogger } from '../../api/log.ts';
import { waitUntil } from '../../local/process/waitUntil.ts';
import type { Creation, Load } from './load.ts';
import type { Phase } from './traffic.ts';

/** A request that was accepted, and whose effect is not there exactly once. */
export interface Loss {
  readonly phase: Phase;
  readonly what: string;
}

/** How long everything may take to come to rest after the last fault, in milliseconds. */
const REST_MS = 240_000;

/** The rows of the sheet with an id, each with its analysis. */
export type ReadRows = () => Promise<readonly { id: string; title: string; summary: string }[]>;

/** Waits until the jobs of these creations have ended and the sheet shows their analyses. */
export async function waitForRest(
  db: Kysely<Database>,
  rows: ReadRows,
  creations: readonly Creation[],
): Promise<void> {
  const ids = new Set(creations.flatMap(({ accepted }) => accepted?.materialId ?? []));
  const isAtRest = async () => {
    // Index materials_pkey and jobs_material; of a test's database, so it is small.
    const working = await db
      .selectFrom('jobs')
      .select('materialId')
      .where('status', '=', 'PROCESSING')
      .execute();
    if (working.some(({ materialId }) => materialId !== null && ids.has(materialId))) return false;
    const shown = new Set(
      (await rows()).filter(({ summary }) => summary !== '').map(({ id }) => id),
    );
    return [...ids].every((id) => shown.has(id));
  };
  // The sheet of a long run has many rows: looking costs more than waiting.
  await waitUntil(isAtRest, {
    what: 'jobs and sheet to come to rest',
    within: REST_MS,
    every: 500,
  });
}

/** Compares what the API has accepted with PostgreSQL and the sheet. */
export async function findLosses(
  db: Kysely<Database>,
  rows: ReadRows,
  { creations, replacements }: Load,
): Promise<Loss[]> {
  const losses: Loss[] = [];
  const materials = await db.selectFrom('materials').select(['id', 'title']).execute();
  const ofTitle = Map.groupBy(materials, ({ title }) => title);
  const jobs = await db.selectFrom('jobs').select(['id', 'materialId', 'status']).execute();
  const ofMaterial = Map.groupBy(jobs, ({ materialId }) => String(materialId));
  const rowsOf = Map.groupBy(await rows(), ({ title }) => title);
  const replaced = new Set(replacements.map(({ materialId }) => materialId));
  for (const { title, phase, accepted } of creations) {
    const lose = (what: string) => losses.push({ phase, what: `"${title}": ${what}` });
    const [material, ...more] = ofTitle.get(title) ?? [];
    if (accepted === null) lose('was never accepted');
    else if (material?.id !== accepted.materialId) lose('has no material');
    if (more.length > 0) lose(`has ${more.length} materials more`);
    const itsJobs = ofMaterial.get(String(material?.id)) ?? [];
    const first = itsJobs.find(({ id }) => id === accepted?.jobId);
    if (first === undefined) lose('has not the job that was answered');
    else if (first.status === 'PROCESSING') lose('has a job that has not ended');
    if (itsJobs.length > 1 && !replaced.has(String(material?.id))) {
      lose(`has ${itsJobs.length} jobs`);
    }
    const itsRows = rowsOf.get(title) ?? [];
    if (itsRows.length !== 1) lose(`has ${itsRows.length} rows in the sheet`);
    else if (itsRows[0]?.id !== accepted?.materialId) lose('has another id in the sheet');
  }
  const unknown = materials.length - ofTitle.size;
  if (unknown > 0) throw new Error(`${unknown} materials have the title of another one.`);

  const changes = await db
    .selectFrom('materialHistory')
    .select('after')
    .where('field', '=', 'description')
    .execute();
  const times = Map.groupBy(changes, ({ after }) => after);
  for (const { description, phase, outcome } of replacements) {
    const count = times.get(description)?.length ?? 0;
    const isRight = outcome === 'unknown' ? count <= 1 : count === (outcome === 'accepted' ? 1 : 0);
    if (!isRight)
      losses.push({ phase, what: `"${description}" was ${outcome}, ${count} times kept` });
  }
  return losses;
}

/** The invariants that are broken, as `npm run check:data` finds them. */
export async function brokenInvariants(db: Kysely<Database>): Promise<string[]> {
  const findings = await checkInvariants(db, createLogger('warn'));
  return findings
    .filter(({ violations }) => violations !== 0)
    .map(({ name, violations, examples }) => `${name}: ${violations} (${examples.join(', ')})`);
}
