import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startGoogle, type GoogleStandIn } from '../index.ts';
import { driveClient, errorOf, sheetsClient } from '../../test/harness/google/clients.ts';
import { addFault, control, dump, until } from '../../test/harness/google/controls.ts';

let google: GoogleStandIn;
let sheets: ReturnType<typeof sheetsClient>;

beforeAll(async () => {
  google = await startGoogle();
  sheets = sheetsClient(google);
});

afterAll(() => google.close());
afterEach(() => control(google, 'DELETE', '/faults'));

const read = () =>
  sheets.spreadsheets.values.get({ spreadsheetId: google.spreadsheetId, range: 'Katalog' });

const addTab = (title: string) =>
  sheets.spreadsheets.batchUpdate({
    spreadsheetId: google.spreadsheetId,
    requestBody: { requests: [{ addSheet: { properties: { title } } }] },
  });

const titles = async () =>
  (await dump(google, google.spreadsheetId)).tabs.map(({ title }) => title);

describe('a fault on demand', () => {
  it('is the 429 of Google, for reads and for writes', async () => {
    await addFault(google, { service: 'sheets', kind: 'status', status: 429, times: 2 });
    const error = await errorOf(read());
    expect(error).toMatchObject({ code: 429, status: 'RESOURCE_EXHAUSTED' });
    expect(error.message).toMatch(
      /^Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service 'sheets\.googleapis\.com' for consumer 'project_number:[0-9]+'\.$/,
    );
    expect(error.details?.[0]).toMatchObject({
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'RATE_LIMIT_EXCEEDED',
      domain: 'googleapis.com',
      metadata: { quota_limit: 'ReadRequestsPerMinutePerUser', quota_limit_value: '60' },
    });
    expect((await errorOf(addTab('x'))).message).toContain(`'Write requests per minute per user'`);
    await read();
  });

  it('is a 503 before the write, which then did not happen', async () => {
    await addFault(google, {
      service: 'sheets',
      method: 'batchUpdate',
      kind: 'status',
      status: 503,
    });
    expect(await errorOf(addTab('sebelum'))).toEqual({
      code: 503,
      message: 'The service is currently unavailable.',
      status: 'UNAVAILABLE',
    });
    expect(await titles()).not.toContain('sebelum');
  });

  it('is a 503 after the write, which did happen', async () => {
    const when = { when: 'after', method: 'batchUpdate' };
    await addFault(google, { service: 'sheets', kind: 'status', status: 503, ...when });
    expect((await errorOf(addTab('sesudah'))).code).toBe(503);
    expect(await titles()).toContain('sesudah');
    const again = await errorOf(addTab('sesudah'));
    expect(again.message).toContain('already exists');
  });

  it('strikes the service and method it names, as often as it says', async () => {
    const id = await addFault(google, { service: 'drive', kind: 'status', status: 403, times: -1 });
    await read();
    const file = () => driveClient(google).files.get({ fileId: google.spreadsheetId });
    expect(await errorOf(file())).toMatchObject({ code: 403, errors: [{ reason: 'forbidden' }] });
    expect((await errorOf(file())).code).toBe(403);
    await control(google, 'DELETE', `/faults/${id}`);
    await file();
  });

  it('holds a request until it is released: a writer that wakes up late', async () => {
    const id = await addFault(google, { service: 'sheets', method: 'batchUpdate', kind: 'hold' });
    const late = addTab('terlambat');
    const waiting = expect.objectContaining({ id, waiting: 1 });
    await until(async () => waiting.asymmetricMatch(await firstFault()));
    await addTab('duluan');
    expect(await titles()).not.toContain('terlambat');
    await control(google, 'DELETE', `/faults/${id}`);
    await late;
    expect((await titles()).slice(-2)).toEqual(['duluan', 'terlambat']);
  });

  it('delays an answer', async () => {
    await addFault(google, { service: 'sheets', kind: 'delay', ms: 60 });
    const start = performance.now();
    await read();
    expect(performance.now() - start).toBeGreaterThanOrEqual(59);
  });

  it('resets the connection before or after the request is carried out', async () => {
    const reset = { service: 'sheets', method: 'batchUpdate', kind: 'reset' };
    await addFault(google, reset);
    await expect(addTab('sebelum-reset')).rejects.toThrow(/ECONNRESET|socket hang up|Premature/);
    await addFault(google, { ...reset, when: 'after' });
    await expect(addTab('sesudah-reset')).rejects.toThrow(/ECONNRESET|socket hang up|Premature/);
    const { data } = await sheetsClient(google).spreadsheets.get({
      spreadsheetId: google.spreadsheetId,
    });
    const titles = data.sheets?.map(({ properties }) => properties?.title);
    expect(titles).toContain('sesudah-reset');
    expect(titles).not.toContain('sebelum-reset');
  });

  it('is refused when it makes no sense', async () => {
    const refused = async (fault: object) =>
      JSON.stringify(await control(google, 'POST', '/faults', fault));
    expect(await refused({ service: 'sheets', kind: 'blocked' })).toContain(
      'can only strike gemini',
    );
    expect(await refused({ service: 'mail', kind: 'delay', ms: 1 })).toContain('service');
    expect(await refused({ service: 'sheets', kind: 'status', status: 418 })).toContain('status');
  });
});

it('requests are counted by service and method', async () => {
  await control(google, 'DELETE', '/requests');
  await read();
  await read();
  await addTab('hitung');
  await driveClient(google).files.get({ fileId: google.spreadsheetId });
  expect(await control(google, 'GET', '/requests')).toMatchObject({
    counts: { sheets: { 'values.get': 2, batchUpdate: 1 }, drive: { 'files.get': 1 } },
    requests: [{ status: 200 }, { status: 200 }, { status: 200 }, { status: 200 }],
  });
});

async function firstFault(): Promise<unknown> {
  const answer = await control(google, 'GET', '/faults');
  const faults: unknown = Reflect.get(Object(answer), 'faults');
  return Array.isArray(faults) ? faults[0] : undefined;
}
