import { afterEach, describe, expect, it } from '@jest/globals';
import { startGoogle, type GoogleOptions, type GoogleStandIn } from '../index.ts';
import { errorOf, sheetsClient } from '../../test/harness/google/clients.ts';
import { until } from '../../test/harness/google/controls.ts';

let google: GoogleStandIn;
afterEach(() => google.close());

async function start(quotas: NonNullable<GoogleOptions['quotas']>) {
  google = await startGoogle({ quotas });
  const { spreadsheets } = sheetsClient(google);
  const { spreadsheetId } = google;
  const range = 'Katalog!A1';
  const body = { valueInputOption: 'RAW', data: [{ range, values: [['x']] }] };
  return {
    read: () => spreadsheets.values.get({ spreadsheetId, range }),
    write: () => spreadsheets.values.batchUpdate({ spreadsheetId, requestBody: body }),
  };
}

const times = async (count: number, call: () => Promise<unknown>) => {
  await Promise.all(Array.from({ length: count }, () => call()));
};

describe('quotas', () => {
  it("are Google's: the 61st read in a minute is refused, writes have a quota of their own", async () => {
    const { read, write } = await start({});
    await times(60, read);
    const { code, status, message, details } = await errorOf(read());
    expect({ code, status, message }).toEqual({
      code: 429,
      status: 'RESOURCE_EXHAUSTED',
      message: expect.stringMatching(
        /^Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service 'sheets\.googleapis\.com' for consumer 'project_number:[0-9]+'\.$/,
      ),
    });
    expect(details?.[0]).toMatchObject({
      reason: 'RATE_LIMIT_EXCEEDED',
      metadata: {
        quota_metric: 'sheets.googleapis.com/read_requests',
        quota_limit: 'ReadRequestsPerMinutePerUser',
        quota_limit_value: '60',
      },
    });
    await times(60, write);
    expect((await errorOf(write())).message).toContain("'Write requests per minute per user'");
  });

  it('of the project are shared by all users', async () => {
    const { read } = await start({ readsPerProject: 2 });
    await times(2, read);
    expect((await errorOf(read())).message).toContain("limit 'Read requests per minute' of");
  });

  it('come back with the next window; what was refused wrote nothing and took nothing', async () => {
    const { write } = await start({ writesPerUser: 1, seconds: 0.3 });
    await write();
    expect((await errorOf(write())).code).toBe(429);
    await until(() =>
      write().then(
        () => true,
        () => false,
      ),
    );
  });

  it('are not there when they are switched off', async () => {
    const { read } = await start(false);
    await times(80, read);
  });
});
