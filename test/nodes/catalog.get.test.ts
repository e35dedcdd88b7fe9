import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, OnError } from 'n8n-workflow';
import { runNode, type NodeRun } from '../harness/nodes/engine/run.ts';
import { aMaterial, JOB } from '../harness/nodes/materials.ts';
import { TestPortal } from '../harness/nodes/portal/testPortal.ts';

let portal: TestPortal;
beforeEach(async () => {
  portal = await TestPortal.start();
  portal.answer = ({ path }) => {
    const n = Number(path.slice(-12));
    if (n === 404 || n === 410) return { status: n, body: { title: 'Not here' } };
    return { status: 200, body: { material: aMaterial(n), analysis: null } };
  };
});
afterEach(async () => {
  await portal.stop();
});

const get = async (items: IDataObject[], onError?: OnError): Promise<NodeRun> =>
  await runNode(
    'materiCatalog',
    { operation: 'get' },
    items,
    { credentials: { materiPortalApi: portal.credential } },
    onError === undefined ? {} : { onError },
  );

describe('Materi Catalog: Get', () => {
  it('adds the material as it is now to what came in', async () => {
    const stale = aMaterial(1, { title: 'Judul lama' });
    const { items } = await get([{ job: JOB, material: stale }]);
    expect(items).toEqual([
      { json: { job: JOB, material: aMaterial(1), analysis: null }, pairedItem: { item: 0 } },
    ]);
  });

  it('reads each material once, however many items name it, and keeps their order', async () => {
    const wanted = [3, 1, 3, 2, 1, 3];
    const { items } = await get(wanted.map((n) => ({ material: { id: aMaterial(n)['id'] } })));
    expect(items.map(({ json }) => json['material'])).toEqual(wanted.map((n) => aMaterial(n)));
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual(wanted.map((_, item) => ({ item })));
    expect(portal.seen).toHaveLength(3);
  });

  it.each([404, 410])('says that a material is gone, for good, on a %i', async (status) => {
    const { error } = await get([{ material: { id: aMaterial(status)['id'] } }]);
    expect(error).toMatchObject({
      name: 'NodeApiError',
      httpCode: String(status),
      context: { itemIndex: 0, failure: { code: 'material_gone', retryable: false } },
    });
  });

  it('sends one item to the error output with what came in, and the others on', async () => {
    const { items, failed } = await get(
      [
        { n: 1, material: { id: aMaterial(1)['id'] } },
        { n: 2, job: JOB, material: { id: aMaterial(404)['id'] } },
      ],
      'continueErrorOutput',
    );
    expect(items.map(({ json }) => json['n'])).toEqual([1]);
    expect(failed.map(({ json }) => json)).toMatchObject([
      { n: 2, job: JOB, error: { code: 'not_found', advice: expect.stringContaining('row') } },
    ]);
  });

  it('keeps what came in beside the error on the regular output, too', async () => {
    const { items } = await get(
      [{ n: 2, material: { id: aMaterial(404)['id'] } }],
      'continueRegularOutput',
    );
    expect(items).toMatchObject([
      { json: { n: 2, error: { code: 'not_found' } }, pairedItem: { item: 0 } },
    ]);
  });

  it('reads again while the portal restarts', async () => {
    portal.next.push({ status: 200, drop: true }, { status: 503 });
    const { items } = await get([{ material: { id: aMaterial(1)['id'] } }]);
    expect(items).toHaveLength(1);
    expect(portal.seen).toHaveLength(3);
  });

  it('asks the portal nothing for an id that is none', async () => {
    const { error } = await get([{ material: { id: '../../users' } }]);
    expect(error?.message).toContain('"../../users" is not the ID of a material');
    expect(portal.seen).toEqual([]);
  });

  it('refuses an answer that is no material, naming what is missing', async () => {
    portal.next.push({ status: 200, body: { material: { ...aMaterial(1), title: 7 } } });
    const { error } = await get([{ material: { id: aMaterial(1)['id'] } }]);
    expect(error?.message).toContain('title');
  });

  it('points at the API key when the portal does not take it', async () => {
    portal.next.push({ status: 401, body: { title: 'Not signed in' } });
    const { error } = await get([{ material: { id: aMaterial(1)['id'] } }]);
    expect(error?.description).toContain('API Key');
  });
});
