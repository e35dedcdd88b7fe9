import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { materialIdSchema } from '../../core/index.ts';
import { recordHistory } from '../history/index.ts';
import { historyPageSchema } from './schemas.ts';
import {
  SERVICE_KEY,
  someMaterial,
  someResult,
  startHarness,
  until,
  type Harness,
} from '../../test/harness/portal.ts';

let harness: Harness;
let token: string;
beforeAll(async () => {
  harness = await startHarness();
  ({ token } = await harness.person());
});
afterAll(() => harness.stop());

const read = async (id: string, query = '') => {
  const answer = await harness.request('GET', `/api/materials/${id}/history${query}`, { token });
  expect(answer.status).toBe(200);
  return historyPageSchema.parse(answer.body);
};
/** Without what is the database's own. */
const cells = async (id: string) =>
  (await read(id)).items.map(({ actor, field, before, after }) => [actor, field, before, after]);

describe('the history of a material', () => {
  it('has every filled cell of a new material, and its author', async () => {
    const person = await harness.person();
    const { material } = await harness.add(person.token, { metadata: { Semester: '1' } });
    const { items } = await read(material.id);
    expect(new Set(items.map(({ field }) => field))).toEqual(
      new Set(['subject', 'title', 'description', 'type', 'level', 'metadata.Semester']),
    );
    const name = expect.stringMatching(/^[0-9a-f]{8}$/);
    for (const item of items) {
      expect(item).toMatchObject({ actor: `user:${person.id}`, actorName: name, before: null });
      expect(item.revision).toBe(1);
    }
    expect(items.find(({ field }) => field === 'title')?.after).toBe(material.title);
  });

  it('has every cell that an edit changed with its text before, newest first', async () => {
    const { material } = await harness.add(token, { metadata: { A: '1', B: '2' } });
    await harness.request('PUT', `/api/materials/${material.id}`, {
      token: SERVICE_KEY,
      headers: { 'If-Match': '"1"' },
      body: someMaterial({ title: 'Baru', metadata: { B: '3', C: '4' } }),
    });
    expect(new Set((await cells(material.id)).slice(0, 4))).toEqual(
      new Set([
        ['service:n8n', 'title', 'Fotosintesis', 'Baru'],
        ['service:n8n', 'metadata.A', '1', null],
        ['service:n8n', 'metadata.B', '2', '3'],
        ['service:n8n', 'metadata.C', null, '4'],
      ]),
    );
  });

  it('has only the cells that a workflow changed, under its execution', async () => {
    const { material, job } = await harness.add(token);
    const added = (await cells(material.id)).length;
    const claim = { jobId: job.id, attempt: 1, executionId: 'e-history' };
    await harness.callback('job.started', claim);
    const error = { code: 'model_refused', message: 'blocked', retryable: false };
    await harness.callback('job.failed', { ...claim, error });
    expect((await cells(material.id)).slice(0, -added)).toEqual([
      ['workflow:e-history', 'aiStatus', '', 'FAILED'],
    ]);

    await harness.request('POST', `/api/jobs/${job.id}/retry`, { token });
    const again = { jobId: job.id, attempt: 2, executionId: 'e-again' };
    await harness.callback('job.started', again);
    const result = someResult('Ringkasan.');
    await harness.callback('job.completed', { ...again, result });
    expect(new Set((await cells(material.id)).slice(0, 3))).toEqual(
      new Set([
        ['workflow:e-again', 'aiSummary', '', 'Ringkasan.'],
        ['workflow:e-again', 'aiStatus', 'FAILED', 'COMPLETED'],
        ['workflow:e-again', 'aiSource', '', result.source],
      ]),
    );
  });

  it('names the portal as the actor when a job failed without an answer', async () => {
    const { material, job } = await harness.add(token);
    await harness.db
      .updateTable('jobs')
      .set({ claimDeadline: new Date(0), nextAt: new Date(0) })
      .where('id', '=', job.id)
      .execute();
    const newest = await until(async () => {
      const change = (await read(material.id)).items[0];
      return change?.field === 'aiStatus' ? change : null;
    });
    expect(newest).toMatchObject({ actor: 'portal', before: '', after: 'FAILED', revision: null });
  });

  it('pages through the history with each change once, also if many are of one moment', async () => {
    const { material } = await harness.add(token);
    const added = (await cells(material.id)).length;
    const entries = Array.from({ length: 5_200 }, (_, n) => ({
      materialId: material.id,
      actor: 'sheet',
      field: 'theme',
      before: `${n}`,
      after: `${n + 1}`,
    }));
    await harness.db.transaction().execute((trx) => recordHistory(trx, entries));
    await harness.db
      .updateTable('materialHistory')
      .set({ at: new Date() })
      .where('materialId', '=', material.id)
      .where('actor', '=', 'sheet')
      .execute();
    const seen: string[] = [];
    let query = '?limit=200';
    for (;;) {
      const { items, nextCursor } = await read(material.id, query);
      seen.push(...items.filter(({ actor }) => actor === 'sheet').map(({ after }) => after ?? ''));
      if (nextCursor === null) break;
      expect(items).toHaveLength(200);
      query = `?limit=200&cursor=${nextCursor}`;
    }
    expect(seen).toEqual(entries.map(({ after }) => after).reverse());
    expect(added).toBeGreaterThan(0);
  });

  it('gives the history of a deleted material to people and services, and 401 to strangers', async () => {
    const { material } = await harness.add(token);
    await harness.db
      .updateTable('materials')
      .set({ deletedAt: new Date() })
      .where('id', '=', material.id)
      .execute();
    expect((await read(material.id)).items).not.toHaveLength(0);
    const path = `/api/materials/${material.id}/history`;
    expect((await harness.request('GET', path, { token: SERVICE_KEY })).status).toBe(200);
    expect((await harness.request('GET', path)).status).toBe(401);
  });

  it('ends a page of the history early where its values are long, and keeps each value exactly', async () => {
    const { material } = await harness.add(token);
    const value = (n: number) => `${n} ${'x'.repeat(49_000)}`;
    const entries = Array.from({ length: 20 }, (_, n) => ({
      materialId: material.id,
      actor: 'sheet',
      field: 'description',
      before: value(n),
      after: value(n + 1),
    }));
    await harness.db.transaction().execute((trx) => recordHistory(trx, entries));
    const first = await read(material.id, '?limit=200');
    expect(first.items).toHaveLength(6);
    expect(first.items[0]).toMatchObject({ before: value(19), after: value(20) });
    const second = await read(material.id, `?limit=200&cursor=${first.nextCursor ?? ''}`);
    expect(second.items[0]?.after).toBe(value(14));
  });

  it('answers 404 for the history of an unknown material, and 422 for a bad cursor', async () => {
    const absent = materialIdSchema.parse('01890000-0000-7000-8000-000000000000');
    for (const id of [absent, 'x']) {
      const answer = await harness.request('GET', `/api/materials/${id}/history`, { token });
      expect(answer.status).toBe(404);
    }
    const { material } = await harness.add(token);
    const path = `/api/materials/${material.id}/history?cursor=x`;
    expect((await harness.request('GET', path, { token })).status).toBe(422);
  });

  it('writes no history if the change itself fails', async () => {
    const { material } = await harness.add(token);
    const before = await cells(material.id);
    const entry = { materialId: material.id, actor: 'sheet', field: 'title' };
    await expect(
      harness.db.transaction().execute(async (trx) => {
        await recordHistory(trx, [{ ...entry, before: 'a', after: 'b' }]);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await cells(material.id)).toEqual(before);
  });
});
