import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MaterialId } from '../../core/index.ts';
import { SERVICE_KEY, startHarness, type Harness } from '../../test/harness/portal.ts';

let harness: Harness;
let token: string;
beforeAll(async () => {
  harness = await startHarness();
  ({ token } = await harness.person());
});
afterAll(() => harness.stop());

const AT = '2026-03-01T00:00:00.000Z';
const TITLE = { sheet: 'Fotosintesis', portal: 'Fotosintesis dan cahaya', at: AT };
const SUMMARY = { sheet: '', portal: 'Ringkasan.', at: AT };

/** A material with two conflicts and nothing pending, as sync leaves one. */
async function conflicting() {
  const { material, job } = await harness.add(token);
  await harness.db
    .updateTable('materials')
    .set({
      base: JSON.stringify({ title: TITLE.sheet }),
      pending: '{}',
      conflicts: JSON.stringify({ title: TITLE, aiSummary: SUMMARY }),
    })
    .where('id', '=', material.id)
    .execute();
  return { id: material.id, job: job.id };
}
const resolve = (id: string, field: string, keep: unknown, as = token) =>
  harness.request('POST', `/api/materials/${id}/conflicts/${field}`, { token: as, body: { keep } });
const row = (id: MaterialId) =>
  harness.db.selectFrom('materials').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const historyOf = (id: MaterialId, actor: string) =>
  harness.db
    .selectFrom('materialHistory')
    .select(['field', 'before', 'after', 'revision'])
    .where('materialId', '=', id)
    .where('actor', '=', actor)
    .execute();

describe('a conflict', () => {
  it('shows a conflict with both values', async () => {
    const { id } = await conflicting();
    const { body } = await harness.request('GET', `/api/materials/${id}`, { token });
    expect(body).toMatchObject({
      material: { title: TITLE.sheet },
      conflicts: { title: TITLE, aiSummary: SUMMARY },
    });
  });

  it('settles a conflict of metadata, and sends the portal’s text to the sheet again', async () => {
    const { material } = await harness.add(token, { metadata: { Catatan: 'dari portal' } });
    const both = { sheet: '', portal: 'dari portal', at: AT };
    const change = harness.db.updateTable('materials').set({
      pending: '{}',
      conflicts: JSON.stringify({ 'metadata.Catatan': both, 'metadata.Lain': both }),
    });
    await change.where('id', '=', material.id).execute();
    expect(await resolve(material.id, 'metadata.Catatan', 'portal')).toMatchObject({
      status: 200,
      body: {
        material: { metadata: { Catatan: 'dari portal' } },
        conflicts: { 'metadata.Lain': both },
      },
    });
    const { pending, revision } = await row(material.id);
    expect(pending).toEqual({ 'metadata.Catatan': revision });
    expect(await resolve(material.id, 'metadata.Lain', 'sheet')).toMatchObject({
      body: { conflicts: {}, material: { metadata: { Catatan: 'dari portal' } } },
    });
    expect((await resolve(material.id, 'metadata.Lain', 'sheet')).status).toBe(404);
  });

  it('drops a conflict if a person keeps the sheet’s value, and changes the ETag', async () => {
    const { id } = await conflicting();
    const before = await harness.request('GET', `/api/materials/${id}`, { token });
    const answer = await resolve(id, 'title', 'sheet');
    expect(answer).toMatchObject({
      status: 200,
      body: { material: { title: TITLE.sheet }, job: null },
    });
    expect(answer.body).toHaveProperty('conflicts', { aiSummary: SUMMARY });
    const after = await harness.request('GET', `/api/materials/${id}`, { token });
    expect(after.headers.get('ETag')).toBe(answer.headers.get('ETag'));
    expect(after.headers.get('ETag')).not.toBe(before.headers.get('ETag'));
    expect(await row(id)).toMatchObject({ revision: 1, title: TITLE.sheet, pending: {} });
    expect(await historyOf(id, 'service:n8n')).toEqual([]);
  });

  it('makes an edit of a conflict if a person keeps the portal’s value: pending, in the history, analysed', async () => {
    const { id, job } = await conflicting();
    const claim = { jobId: job, attempt: 1, executionId: `e-${job}` };
    await harness.callback('job.started', claim);
    const error = { code: 'model_refused', message: 'blocked', retryable: false };
    await harness.callback('job.failed', { ...claim, error });

    const answer = await resolve(id, 'title', 'portal', SERVICE_KEY);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        material: { title: TITLE.portal },
        job: { kind: 'analyze', status: 'PROCESSING', materialId: id },
      },
    });
    expect(answer.body).toHaveProperty('conflicts', { aiSummary: SUMMARY });
    const stored = await row(id);
    expect(stored).toMatchObject({ revision: 2, pending: { title: 2 } });
    expect(answer.headers.get('ETag')).toBe(`"2.${stored.aiRevision}"`);
    expect(await historyOf(id, 'service:n8n')).toEqual([
      { field: 'title', before: TITLE.sheet, after: TITLE.portal, revision: 2 },
    ]);
  });

  it('writes a vanished row again if a person keeps the portal’s value', async () => {
    const { id } = await conflicting();
    await harness.db
      .updateTable('materials')
      .set({ title: TITLE.portal, missingSince: new Date() })
      .where('id', '=', id)
      .execute();
    expect(await resolve(id, 'title', 'portal', SERVICE_KEY)).toMatchObject({ status: 200 });
    expect(await row(id)).toMatchObject({
      title: TITLE.portal,
      revision: 2,
      pending: { title: 2 },
    });
    expect(await historyOf(id, 'service:n8n')).toEqual([]);
  });

  it('leaves the revision alone when a conflict in an AI column is settled', async () => {
    const { id } = await conflicting();
    const answer = await resolve(id, 'aiSummary', 'portal');
    expect(answer).toMatchObject({
      status: 200,
      body: { material: { aiSummary: SUMMARY.portal }, job: null },
    });
    expect(answer.headers.get('ETag')).toBe('"1.1"');
    expect(await row(id)).toMatchObject({ revision: 1, pending: { aiSummary: 1 } });
  });

  it('settles a conflict once: of twenty requests at once one gets 200, the others 404', async () => {
    const { id } = await conflicting();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => resolve(id, 'title', n % 2 ? 'sheet' : 'portal')),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 404)]);
  });

  it('answers 404 for an unknown conflict, and 422 for an unknown choice', async () => {
    const { id } = await conflicting();
    for (const field of ['subject', 'x', '__proto__', 'constructor']) {
      expect((await resolve(id, field, 'sheet')).status).toBe(404);
    }
    for (const keep of ['both', null, undefined]) {
      expect(await resolve(id, 'title', keep)).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'keep' }] },
      });
    }
    expect((await resolve(id, 'title', 'sheet', 'x')).status).toBe(401);
    expect((await row(id)).conflicts).toEqual({ title: TITLE, aiSummary: SUMMARY });
  });

  it('answers 410 for a conflict of a deleted material', async () => {
    const { id } = await conflicting();
    await harness.db
      .updateTable('materials')
      .set({ deletedAt: new Date() })
      .where('id', '=', id)
      .execute();
    expect((await resolve(id, 'title', 'portal')).status).toBe(410);
  });
});
