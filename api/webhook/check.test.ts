import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '../../core/index.ts';
import {
  FROM_N8N,
  sendSigned,
  startHarness,
  TO_N8N,
  type Harness,
} from '../../test/harness/portal.ts';

const QUESTION = '{}';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const ask = (raw = QUESTION, more: { id?: string; secret?: string } = {}) =>
  sendSigned(harness.portal.url, '/api/webhook/check', raw, more);

describe('the check of the signing secrets', () => {
  it.each(FROM_N8N)('answers a question signed with any secret of the list', async (secret) => {
    expect(await ask(QUESTION, { secret })).toMatchObject({
      status: 200,
      body: { accepted: true },
    });
  });

  it('signs its answer for the id of the question', async () => {
    const { headers, body } = await ask(QUESTION, { id: 'question-1' });
    const answer = {
      headers: Object.fromEntries(headers),
      body: JSON.stringify(body),
      now: Math.floor(Date.now() / 1_000),
    };
    expect(verify(TO_N8N, answer)).toBe('question-1');
    expect(() => verify(FROM_N8N, answer)).toThrow();
  });

  it('refuses a question signed with the secret of the other direction', async () => {
    expect((await ask(QUESTION, { secret: TO_N8N[0] })).status).toBe(401);
  });

  it('refuses a question without a signature', async () => {
    const answer = await harness.request('POST', '/api/webhook/check', { raw: QUESTION });
    expect(answer.status).toBe(401);
  });

  it('reads no question of more than 1,024 bytes', async () => {
    expect((await ask('x'.repeat(1_025))).status).toBe(413);
  });
});
