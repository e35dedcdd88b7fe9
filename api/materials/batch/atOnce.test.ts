import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { create, update, startBatches, type Batches } from '../../../test/harness/batches.ts';
import { waitsForLock } from '../../../test/harness/lockWait.ts';
import { someMaterial, until } from '../../../test/harness/portal.ts';
import { lockMatching } from './repository.ts';

let batches: Batches;
beforeAll(async () => {
  batches = await startBatches({ timing: { turn: 60_000 } });
});
afterAll(() => batches.harness.stop());

describe('batches at once', () => {
  it('updates the same materials in two batches with another order without a deadlock', async () => {
    const added = await batches.write(Array.from({ length: 50 }, () => create()));
    const ids = added.results.flatMap(({ material }) => material?.id ?? []);
    const sent = Array.from({ length: 4 }, (_, n) => {
      const items = ids.map((id) => update(id, { theme: `Tema ${n}` }));
      return batches.write(n % 2 === 0 ? items : items.toReversed());
    });
    for (const { counts: statuses } of await Promise.all(sent)) {
      expect(statuses).toMatchObject({ updated: 50, failed: 0 });
    }
    for (const id of ids.slice(0, 3)) expect((await batches.row(id)).revision).toBe(5);
  });

  it('that wait for the match lock leave the connections to other requests', async () => {
    const { harness: portal } = batches;
    const item = (n: number) => ({
      operation: 'createOrUpdate',
      material: someMaterial({ title: `Bersama ${n}` }),
    });
    const waiting = await portal.db.transaction().execute(async (trx) => {
      await lockMatching(trx);
      const sent = Array.from({ length: 12 }, (_, n) =>
        batches.send({ matchBy: ['title'], items: [item(n)] }),
      );
      await until(() => waitsForLock(portal.db));
      const read = await portal.request('GET', '/api/materials?limit=1', { token: batches.token });
      expect(read.status).toBe(200);
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(trx);
      expect(rows[0]?.count).toBe(1);
      return sent;
    });
    for (const { status } of await Promise.all(waiting)) expect(status).toBe(200);
  });
});

describe('the idempotency key of a batch', () => {
  it('gives the first answer again, unchanged, to the same batch with the same Idempotency-Key, and writes one set of rows', async () => {
    const headers = { 'Idempotency-Key': 'batch' };
    const body = { items: [create(), create({ title: '' })] };
    const first = await batches.send(body, headers);
    const after = await batches.counts();
    const again = await batches.send(body, headers);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await batches.counts()).toEqual(after);
    expect(await batches.send({ items: [create()] }, headers)).toMatchObject({
      status: 422,
      body: { type: '/problems/key-reused' },
    });
  });

  it('writes one set of rows for ten batches at once with one Idempotency-Key', async () => {
    const before = await batches.counts();
    const headers = { 'Idempotency-Key': 'ten' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => batches.send({ items: [create(), create()] }, headers)),
    );
    for (const { status } of answers) expect([200, 409]).toContain(status);
    expect((await batches.counts())['materials']).toBe((before['materials'] ?? 0) + 2);
  });
});
