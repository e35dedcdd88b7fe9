import type { Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { writeAudits } from '../../audit/repository.ts';
import { actorName, type Actor } from '../../auth/actor.ts';
import { authorize } from '../../auth/authorize.ts';
import { isDuplicate } from '../../db/connect.ts';
import { jobIdSchema, type JobId, type MaterialId } from '../../db/ids.ts';
import type { Database } from '../../db/schema.ts';
import { PortalError } from '../../errors.ts';
import { recordHistory } from '../../history/index.ts';
import type { Caller } from '../../http/caller.ts';
import { problemOf } from '../../http/problem.ts';
import { once, type Answer } from '../../idempotency/once.ts';
import { openJobsUnlessOpen } from '../../jobs/repository.ts';
import { roomFor, roomNow } from '../../jobs/room.ts';
import type { Portal } from '../../portal.ts';
import { presentCut } from '../listed.ts';
import { queueUpdates } from '../outbox.ts';
import { etagOf, presentMaterial } from '../present.ts';
import type { MaterialRecord } from '../repository.ts';
import { readItems, type Item } from './item.ts';
import { planBatch, type Outcome, type Plan, type Writer } from './plan.ts';
import {
  findMatches,
  insertMaterials,
  lockMatching,
  readMaterials,
  timeOf,
  updateMaterials,
} from './repository.ts';
import type { BatchAnswer, BatchBody, BatchResult } from './schemas.ts';
import type { Turns } from './turns.ts';

/**
 * How often a batch begins again because another writer created a material with the same id at the same
 * time.
 */
const TRIES = 3;

/** The most megabytes of materials that one batch reads, if it answers whole materials. */
const WHOLE_MEGABYTES_MOST = 8;

type Jobs = ReadonlyMap<MaterialId, JobId>;

/**
 * Creates and updates up to 500 materials in one transaction. An item that fails changes nothing, and the
 * others are written. Items of the same material are applied in their order.
 *
 * A batch takes about 14 statements for any number of items. Six read: rights, open jobs, time, matches, locks, rows.
 * The others insert or update one table each: materials, jobs, history, outbox, audit. Only a history of
 * more than 9,362 cells takes more. An Idempotency-Key takes three.
 *
 * A dry run reads and decides in the same way, and writes nothing. It does not keep its Idempotency-Key.
 *
 * @param key the request's Idempotency-Key
 * @param turns batches that find materials by their texts wait for each other (`lockMatching`). In one
 *   instance they wait here, without a connection to PostgreSQL
 * @throws PortalError `not_signed_in`, `too_large`, `key_in_flight`, `key_reused`, `unavailable`
 */
export async function writeBatch(
  portal: Portal,
  caller: Caller,
  body: BatchBody,
  key: string | undefined,
  turns: Turns,
): Promise<Answer & { replayed: boolean }> {
  const write = () => writeWithTries(portal, caller, body, key);
  return body.matchBy === undefined || body.dryRun ? write() : turns.take(write);
}

async function writeWithTries(
  portal: Portal,
  caller: Caller,
  body: BatchBody,
  key: string | undefined,
): Promise<Answer & { replayed: boolean }> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await portal.db
        .transaction()
        .execute((trx) => writeOnce(trx, portal, caller, body, key));
      if (!answer.replayed && !body.dryRun) {
        portal.wakeDispatch();
        portal.wakeSync();
      }
      return answer;
    } catch (error) {
      // A createOrUpdate brought an id that no material had when the rows were locked.
      if (tries === TRIES || !isDuplicate(error, 'materials_pkey')) throw error;
    }
  }
}

async function writeOnce(
  trx: Transaction<Database>,
  portal: Portal,
  caller: Caller,
  body: BatchBody,
  key: string | undefined,
): Promise<Answer & { replayed: boolean }> {
  const actor = await authorize(trx, caller);
  const write = async (): Promise<Answer> => {
    const plan = await planIn(trx, portal, actor, body);
    const { execution = null } = body;
    const jobs: Jobs = body.dryRun
      ? new Map()
      : await writePlan(trx, portal, actor, plan, execution);
    return { headers: {}, body: answerOf(plan, jobs, body) };
  };
  if (body.dryRun) return { ...(await write()), replayed: false };
  const request = ['POST /api/materials/batch', body] as const;
  return once(trx, { actor: actorName(actor), key, request }, write);
}

/**
 * Locks the materials that the items mean, and decides what each item does. A dry run locks nothing: it
 * would make the others wait.
 */
async function planIn(
  trx: Transaction<Database>,
  portal: Portal,
  actor: Actor,
  body: BatchBody,
): Promise<Plan> {
  const userId = userIdOf(actor);
  const room = await (body.dryRun ? roomNow : roomFor)(trx, portal, userId);
  const items = readItems(body);
  const readable = items.filter((item): item is Item => !(item instanceof PortalError));
  const matches = readable.flatMap(({ match }) => match ?? []);
  if (matches.length > 0 && !body.dryRun) await lockMatching(trx);
  const found = matches.length > 0 ? await findMatches(trx, matches) : [];
  const ids = new Set([...readable.flatMap(({ id }) => id ?? []), ...found.flat()]);
  const megabytesMost = body.whole ? WHOLE_MEGABYTES_MOST : undefined;
  const rows = await readMaterials(trx, [...ids], !body.dryRun, megabytesMost);
  const writer = { actor, name: actorName(actor), userId, at: await timeOf(trx), room };
  const matched = new Map(matches.map((match, at) => [match, found[at] ?? []]));
  return planBatch(items, rows, matched, writer, body);
}

/**
 * Writes the materials with their history, jobs, events and audit.
 *
 * @param execution the execution of n8n that asks for it, for the history
 * @returns the jobs that were opened
 */
async function writePlan(
  trx: Transaction<Database>,
  { timing }: Portal,
  actor: Actor,
  { outcomes, created, updated }: Plan,
  execution: string | null,
): Promise<Jobs> {
  await insertMaterials(trx, created);
  await updateMaterials(
    trx,
    updated.map(({ row }) => row),
  );
  const rewritten = updated.filter(({ before, row }) => before.textHash !== row.textHash);
  const toAnalyse = [
    ...created.map((row) => ({ row, announce: true })),
    ...rewritten.map(({ row }) => ({ row, announce: false })),
  ];
  const jobs = await openJobsUnlessOpen(
    trx,
    toAnalyse.map(({ row, announce }) => ({
      id: jobIdSchema.parse(uuidv7()),
      userId: userIdOf(actor),
      materialId: row.id,
      kind: 'analyze' as const,
      textHash: row.textHash,
      claimDeadline: timing.claimDeadline,
      announce,
    })),
  );
  const cells = outcomes.flatMap(cellsOf);
  await recordHistory(
    trx,
    execution === null ? cells : cells.map((cell) => ({ ...cell, execution })),
  );
  await queueUpdates(
    trx,
    updated.map(({ row }) => row.id),
  );
  await writeAudits(
    trx,
    actorName(actor),
    outcomes.flatMap((outcome) => auditOf(outcome, jobs)),
  );
  return jobs;
}

function userIdOf(actor: Actor): Writer['userId'] {
  return actor.kind === 'user' ? actor.userId : null;
}

const cellsOf = (outcome: Outcome) => ('cells' in outcome ? outcome.cells : []);

/** The entry that a request for this item alone would make. */
function auditOf(outcome: Outcome, jobs: Jobs) {
  if (!('cells' in outcome) || outcome.status === 'unchanged') return [];
  const { status, row, cells } = outcome;
  const jobId = jobs.get(row.id);
  const job = jobId === undefined ? {} : { job: jobId };
  const fields = cells.map(({ field }) => field);
  const details =
    status === 'created'
      ? job
      : { revision: row.revision, ...(status === 'updated' ? { fields } : {}), ...job };
  return [{ action: `material.${status}`, subject: `material:${row.id}`, details }];
}

const presentWhole = (row: MaterialRecord) => ({ ...presentMaterial(row), cut: [] });

function answerOf(
  { outcomes, created }: Plan,
  jobs: Jobs,
  { dryRun, whole }: BatchBody,
): BatchAnswer {
  const none = { created: 0, updated: 0, archived: 0, restored: 0, unchanged: 0, skipped: 0 };
  const counts = { ...none, failed: 0 };
  for (const { status } of outcomes) counts[status] += 1;
  // The id that a dry run gave to a new material is no material's.
  const imagined = new Set(dryRun ? created.map(({ id }) => id) : []);
  const results = outcomes.map((outcome, index): BatchResult => {
    const { status } = outcome;
    if (!('row' in outcome)) {
      const nothing = { index, status, material: null, etag: null, changed: [], job: null };
      if (outcome.status === 'skipped') return nothing;
      const { code, message, fields } = outcome.error;
      return { ...nothing, problem: problemOf(code, message, fields) };
    }
    const { row, cells } = outcome;
    const jobId = status === 'unchanged' ? undefined : jobs.get(row.id);
    return {
      index,
      status,
      material: imagined.has(row.id) ? null : (whole ? presentWhole : presentCut)(row),
      etag: dryRun ? null : etagOf(row),
      changed: cells.map(({ field }) => field),
      ...(whole
        ? { changes: cells.map(({ field, before, after }) => ({ field, before, after })) }
        : {}),
      job: jobId === undefined ? null : { id: jobId },
    };
  });
  return { dryRun, counts, results };
}
