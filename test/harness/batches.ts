import { expect } from '@jest/globals';
import { sql } from 'kysely';
import type { MaterialId } from '../../core/index.ts';
import { batchAnswerSchema } from '../../api/materials/batch/schemas.ts';
import { someMaterial, startHarness, until } from './portal.ts';

export const create = (more: Record<string, unknown> = {}) => ({
  operation: 'create',
  material: someMaterial(more),
});
export const update = (id: string, material: object, more: object = {}) => ({
  operation: 'update',
  id,
  material,
  ...more,
});

/** A portal, a person who is signed in, and what tests ask about batches of materials. */
export async function startBatches(options: Parameters<typeof startHarness>[0] = {}) {
  const harness = await startHarness(options);
  const person = await harness.person();

  const send = (body: unknown, headers: Record<string, string> = {}, as = person.token) =>
    harness.request('POST', '/api/materials/batch', { token: as, body, headers });

  async function write(items: readonly unknown[], more: object = {}, as = person.token) {
    const { status, body } = await send({ items, ...more }, {}, as);
    expect({ status, body }).toMatchObject({ status: 200 });
    return batchAnswerSchema.parse(body);
  }

  const row = (id: MaterialId) =>
    harness.db.selectFrom('materials').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const jobsOf = (id: MaterialId) =>
    harness.db.selectFrom('jobs').selectAll().where('materialId', '=', id).execute();
  const historyOf = (id: MaterialId) =>
    harness.db
      .selectFrom('materialHistory')
      .select(['actor', 'field', 'before', 'after', 'revision'])
      .where('materialId', '=', id)
      .orderBy('id')
      .execute();
  const auditOf = (id: MaterialId) =>
    harness.db
      .selectFrom('auditLog')
      .select(['actor', 'action', 'details'])
      .where('subject', '=', `material:${id}`)
      .orderBy('id')
      .execute();

  /** How many rows each table has, once dispatch has sent the events that wait. */
  async function counts(): Promise<Record<string, number>> {
    await until(async () => {
      const waiting = await harness.db.selectFrom('materialUpdates').select('materialId').execute();
      return waiting.length === 0;
    });
    const tables = await sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(harness.db);
    const counted = await Promise.all(
      tables.rows.map(async ({ name }) => {
        const { rows } = await sql<{ n: number }>`
          select count(*) as n from ${sql.table(name)}`.execute(harness.db);
        return [name, rows[0]?.n ?? 0] as const;
      }),
    );
    return Object.fromEntries(counted);
  }

  const withTitle = (title: string) =>
    harness.db.selectFrom('materials').selectAll().where('title', '=', title).execute();

  /** Ends the open job of a material, so that the next changed text opens another. */
  async function endJob(id: string): Promise<void> {
    const claim = { jobId: id, attempt: 1, executionId: `e-${id}` };
    await harness.callback('job.started', claim);
    const error = { code: 'workflow_error', message: 'x', retryable: false };
    expect((await harness.callback('job.failed', { ...claim, error })).status).toBe(200);
  }

  return {
    harness,
    ...person,
    send,
    write,
    row,
    jobsOf,
    historyOf,
    auditOf,
    counts,
    withTitle,
    endJob,
  };
}

export type Batches = Awaited<ReturnType<typeof startBatches>>;
