import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Services } from '../harness/nodes/engine/additionalData.ts';
import { callHook } from '../harness/nodes/engine/webhook.ts';
import { TestPortal } from '../harness/nodes/portal/testPortal.ts';

const URL = 'http://n8n.test/webhook/6d617465-7269-4000-8000-000000000001/materi';
const TEST_URL = URL.replace('/webhook/', '/webhook-test/');
const SUBSCRIPTION = {
  url: URL,
  eventTypes: ['material.created', 'material.updated', 'job.requested'],
  kinds: ['analyze'],
};

let portal: TestPortal;
let services: Services;
beforeEach(async () => {
  portal = await TestPortal.start();
  services = { credentials: { materiPortalApi: portal.credential } };
});
afterEach(async () => {
  await portal.stop();
});

describe('Materi Trigger registers', () => {
  it('puts its URL, events and kinds when the workflow is published', async () => {
    await callHook('create', services);
    expect(portal.seen).toMatchObject([{ method: 'PUT', path: '/api/webhook/subscriptions' }]);
    expect(JSON.parse(portal.seen[0]?.body ?? '')).toEqual({
      ...SUBSCRIPTION,
      test: false,
      takeOver: false,
      workflow: { instanceId: expect.any(String), id: 'w1', name: 'test', nodeId: 'trigger' },
    });
  });

  it.each([
    [['material.updated'], []],
    [['material.updated', 'job.requested'], ['generate']],
  ])('asks for %j with the kinds %j of jobs', async (events, kinds) => {
    await callHook('create', services, { parameters: { events, kinds: ['generate'] } });
    expect(JSON.parse(portal.seen[0]?.body ?? '')).toMatchObject({ eventTypes: events, kinds });
  });

  it('asks for a sample at the test URL when somebody listens for a test event', async () => {
    await callHook('create', services, { mode: 'manual' });
    expect(JSON.parse(portal.seen[0]?.body ?? '')).toMatchObject({ url: TEST_URL, test: true });
  });

  it('takes over the jobs of another workflow when its option says so', async () => {
    await callHook('create', services, { parameters: { options: { takeOverJobs: true } } });
    expect(JSON.parse(portal.seen[0]?.body ?? '')).toMatchObject({ takeOver: true });
  });

  it.each(['activate', 'update', 'manual'] as const)(
    'registers anew in mode %s, whatever is registered',
    async (mode) => {
      await expect(callHook('checkExists', services, { mode })).resolves.toBe(false);
      expect(portal.seen).toEqual([]);
    },
  );

  it('leaves its registration when n8n starts again', async () => {
    portal.next.push({ status: 200, body: { items: [{ id: 1, ...SUBSCRIPTION, test: false }] } });
    await expect(callHook('checkExists', services, { mode: 'init' })).resolves.toBe(true);
    expect(portal.seen[0]?.search).toBe(`?url=${encodeURIComponent(URL)}`);
  });

  it('registers anew when n8n starts again and the portal does not know it', async () => {
    portal.next.push({ status: 200, body: { items: [] } });
    await expect(callHook('checkExists', services, { mode: 'init' })).resolves.toBe(false);
  });

  it('keeps its registration when n8n starts again while the portal is away', async () => {
    portal.next.push({ status: 503, body: { title: 'Not available at the moment' } });
    await expect(callHook('checkExists', services, { mode: 'init' })).resolves.toBe(true);
    await portal.stop();
    await expect(callHook('checkExists', services, { mode: 'init' })).resolves.toBe(true);
    portal = await TestPortal.start();
  });

  it('takes its registration back when the workflow is unpublished', async () => {
    portal.next.push({ status: 204 });
    await callHook('delete', services);
    expect(portal.seen).toMatchObject([
      { method: 'DELETE', search: `?url=${encodeURIComponent(URL)}` },
    ]);
  });

  it('can be unpublished when the registration is gone already', async () => {
    portal.next.push({ status: 404, body: { title: 'Not found' } });
    await expect(callHook('delete', services)).resolves.toBe(true);
  });

  it('is not published at an address that the portal does not allow, and says who can allow it', async () => {
    portal.next.push({
      status: 422,
      body: {
        title: 'Some fields are not valid',
        errors: [{ path: 'url', message: 'is not one of N8N_ORIGINS' }],
      },
    });
    await expect(callHook('create', services)).rejects.toMatchObject({
      name: 'NodeApiError',
      httpCode: '422',
      message:
        "The portal does not accept this n8n's address. " +
        'Ask an operator of the portal to allow http://n8n.test.',
    });
  });

  it('is not published while another workflow takes the jobs, and shows that one and the option', async () => {
    const detail =
      'The workflow "Analisis" at http://n8n.test/webhook/1 takes the jobs of the kind "analyze". ' +
      'Unpublish that workflow first. If that is not possible, take over its jobs.';
    portal.next.push({ status: 409, body: { type: '/problems/kind-taken', status: 409, detail } });
    await expect(callHook('create', services)).rejects.toMatchObject({
      message: `${detail} To do that, turn on Take Over Jobs in the options of this trigger.`,
    });
  });

  it('is not published, so that n8n tries again, while the portal is away', async () => {
    await portal.stop();
    await expect(callHook('create', services)).rejects.toMatchObject({
      message: expect.stringContaining('cannot be reached'),
    });
    portal = await TestPortal.start();
  });
});
