import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { verify, type MaterialId } from '../../core/index.ts';
import { withClockAhead } from '../../test/harness/clock.ts';
import {
  someMaterial,
  SERVICE_KEY,
  startHarness,
  TO_N8N,
  until,
  type Harness,
} from '../../test/harness/portal.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ timing: { backoff: { first: 20, most: 40 } } });
});
afterAll(() => harness.stop());
beforeEach(async () => {
  await harness.db.deleteFrom('subscriptions').execute();
  harness.receiver.answer = (res) => void res.writeHead(202).end();
});

const put = async (id: MaterialId, revision: number, more: Record<string, unknown>) => {
  const { status } = await harness.request('PUT', `/api/materials/${id}`, {
    token: SERVICE_KEY,
    headers: { 'If-Match': `"${revision}"` },
    body: someMaterial(more),
  });
  expect(status).toBe(200);
};
const updatesOf = (id: MaterialId) =>
  harness.receiver.received.filter(
    ({ event }) => event.type === 'material.updated' && event.data.material?.id === id,
  );
const allTold = () =>
  until(async () => {
    const left = await harness.db.selectFrom('materialUpdates').select('materialId').execute();
    return left.length === 0;
  });

describe('who listens to updates', () => {
  it('hears of an edit once, signed, as the material reads then', async () => {
    await harness.subscribe({ eventTypes: ['material.updated'], kinds: [] });
    const { material } = await harness.add();
    await put(material.id, 1, { title: 'Baru' });
    await allTold();
    const [heard, ...more] = updatesOf(material.id);
    expect(more).toEqual([]);
    expect(heard?.event.data).toMatchObject({ job: null, material: { title: 'Baru' } });
    const headers = { ...heard?.headers };
    const now = Date.now() / 1_000;
    expect(verify(TO_N8N, { headers, body: heard?.body ?? '', now })).toBe(
      `updated_${material.id}_2`,
    );
  });

  it('hears nothing of a PUT that changes nothing', async () => {
    await harness.subscribe({ eventTypes: ['material.updated'], kinds: [] });
    const { material } = await harness.add();
    const { material: other } = await harness.add();
    await put(material.id, 1, {});
    await put(other.id, 1, { theme: 'Cahaya' });
    await until(() => updatesOf(other.id).length > 0);
    expect(updatesOf(material.id)).toEqual([]);
  });

  it('is told again under the same id when it did not answer', async () => {
    let refusals = 2;
    harness.receiver.answer = (res) => void res.writeHead(refusals-- > 0 ? 503 : 202).end();
    await harness.subscribe({ eventTypes: ['material.updated'], kinds: [] });
    const { material } = await harness.add();
    await put(material.id, 1, { theme: 'Cahaya' });
    await allTold();
    const ids = updatesOf(material.id).map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual(Array.from({ length: 3 }, () => `updated_${material.id}_2`));
  });

  it('is told again by an instance whose clock is a day ahead of PostgreSQL', async () => {
    let refusals = 1;
    harness.receiver.answer = (res) => void res.writeHead(refusals-- > 0 ? 503 : 202).end();
    await harness.subscribe({ eventTypes: ['material.created'], kinds: [] });
    await withClockAhead(24 * 60 * 60_000, async () => {
      const { material } = await harness.add();
      const told = () =>
        harness.receiver.received.filter(
          ({ event }) =>
            event.type === 'material.created' && event.data.material?.id === material.id,
        );
      await put(material.id, 1, { theme: 'Cahaya' });
      await until(async () => {
        const { announceAt } = await harness.db
          .selectFrom('jobs')
          .select('announceAt')
          .where('materialId', '=', material.id)
          .executeTakeFirstOrThrow();
        return announceAt === null;
      });
      expect(told()).toHaveLength(2);
    });
  });

  it('hears of an edit that comes while the one before is told', async () => {
    await harness.subscribe({ eventTypes: ['material.updated'], kinds: [] });
    const { material } = await harness.add();
    let later: Promise<void> | undefined;
    harness.receiver.answer = async (res) => {
      later ??= put(material.id, 2, { title: 'Dua' });
      await later;
      res.writeHead(202).end();
    };
    await put(material.id, 1, { title: 'Satu' });
    await until(() => updatesOf(material.id).length === 2);
    await allTold();
    expect(updatesOf(material.id).map(({ event }) => event.data.material?.title)).toEqual([
      'Satu',
      'Dua',
    ]);
  });

  it('and claims analyses too hears of the edit with its job alone', async () => {
    await harness.subscribe({ eventTypes: ['material.updated', 'job.requested'] });
    const { material, job } = await harness.add();
    await put(material.id, 1, { theme: 'Cahaya' });
    await allTold();
    expect(updatesOf(material.id)).toEqual([]);
    await until(() => harness.receiver.received.some(({ event }) => event.data.job?.id === job.id));
  });
});
