import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { create, update, startBatches, type Batches } from '../../../test/harness/batches.ts';
import { someMaterial } from '../../../test/harness/portal.ts';
import { batchAnswerSchema } from './schemas.ts';
import { lockMatching } from './repository.ts';
import { roomOf } from '../../jobs/repository.ts';

let batches: Batches;
beforeAll(async () => {
  batches = await startBatches({ config: { openJobsPerUser: 1_000 } });
});
afterAll(() => batches.harness.stop());

describe('a dry run', () => {
  it('says in a dry run what would happen, and changes no table', async () => {
    const { material } = await batches.harness.add();
    const before = { tables: await batches.counts(), row: await batches.row(material.id) };
    const { status, body } = await batches.send(
      {
        dryRun: true,
        matchBy: ['title'],
        items: [
          create(),
          update(material.id, { title: 'Baru' }),
          update(material.id, {}),
          create({ title: '' }),
          { operation: 'createOrUpdate', material: someMaterial({ title: 'Hanya dicoba' }) },
          { operation: 'createOrUpdate', material: { title: 'Hanya dicoba', theme: 'Air' } },
        ],
      },
      { 'Idempotency-Key': 'dry' },
    );
    expect(status).toBe(200);
    const answer = batchAnswerSchema.parse(body);
    expect(answer.results.map((one) => [one.status, one.material?.id, one.etag, one.job])).toEqual([
      ['created', undefined, null, null],
      ['updated', material.id, null, null],
      ['unchanged', material.id, null, null],
      ['failed', undefined, null, null],
      ['created', undefined, null, null],
      ['updated', undefined, null, null],
    ]);
    expect({ tables: await batches.counts(), row: await batches.row(material.id) }).toEqual(before);
    // The key is free for the batch itself.
    const real = await batches.send({ items: [create()] }, { 'Idempotency-Key': 'dry' });
    expect(real.status).toBe(200);
    expect(real.headers.get('Idempotency-Replayed')).toBeNull();
  });

  it('waits for no lock: of the person’s open jobs, of other batches, and of the material', async () => {
    const { material } = await batches.harness.add(batches.token);
    const { harness: portal, id } = batches;
    const answer = await portal.db.transaction().execute(async (trx) => {
      await sql`select ${roomOf(id, 1)}`.execute(trx);
      await lockMatching(trx);
      await sql`select from materials where id = ${material.id} for update`.execute(trx);
      return batches.send({
        dryRun: true,
        matchBy: ['title'],
        items: [
          create(),
          update(material.id, { theme: 'Air' }),
          { operation: 'createOrUpdate', material: someMaterial({ title: 'Hanya dicoba' }) },
        ],
      });
    });
    expect(answer).toMatchObject({ status: 200, body: { counts: { created: 2, updated: 1 } } });
  });
});
