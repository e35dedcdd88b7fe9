import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Services } from './engine/additionalData.ts';
import { callHook } from './engine/webhook.ts';
import { TestPortal } from './portal/testPortal.ts';

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
    expect(JSON.parse(portal.seen[0]?.body ?? '')).toEqual({ ...SUBSCRIPTION, test: false });
  });

  it('asks for a sample at the test URL when somebody listens for a test event', async () => {
    await callHook('create', services, { mode: 'manual' });
    expect(JSON.parse(portal.seen[0]?.body ?? '')).toMatchObject({ url: TEST_URL, test: true });
  });

  it('leaves a registration that is right', async () => {
    portal.next.push({ status: 200, body: { items: [{ id: 1, ...SUBSCRIPTION, test: false }] } });
    await expect(callHook('checkExists', services)).resolves.toBe(true);
    expect(portal.seen[0]?.search).toBe(`?url=${encodeURIComponent(URL)}`);
  });

  it.each([
    ['none', []],
    ["another workflow's", [{ ...SUBSCRIPTION, url: `${URL}-other` }]],
    ['one for other kinds', [{ ...SUBSCRIPTION, kinds: ['analyze', 'generate'] }]],
    ['one for fewer events', [{ ...SUBSCRIPTION, eventTypes: ['material.created'] }]],
  ])('registers anew when the portal has %s', async (_, items) => {
    portal.next.push({ status: 200, body: { items } });
    await expect(callHook('checkExists', services)).resolves.toBe(false);
  });

  it('asks for a new sample at each test, whatever is registered', async () => {
    await expect(callHook('checkExists', services, { mode: 'manual' })).resolves.toBe(false);
    expect(portal.seen).toEqual([]);
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

  it("is not published when the portal refuses, and shows the portal's reason", async () => {
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
      message: expect.stringContaining('url: is not one of N8N_ORIGINS'),
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
