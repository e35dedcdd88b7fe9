import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sign } from '../../core/index.ts';
import {
  FROM_N8N,
  SERVICE_KEY,
  someMaterial,
  someResult,
  startHarness,
  type Harness,
} from '../../test/harness/portal.ts';

let harness: Harness;
beforeAll(async () => {
  // Dispatch would use the processor meanwhile.
  harness = await startHarness({ timing: { poll: 600_000 } });
});
afterAll(() => harness.stop());

/** Texts for which a regular expression with two ways to match takes quadratic time or worse. */
const PATTERNS: Record<string, (length: number) => string> = {
  'blanks between letters': (n) => `x${' '.repeat(n - 2)}x`,
  'line breaks between letters': (n) => `x${'\r\n'.repeat(n / 2 - 1)}x`,
  'one letter, then another': (n) => `${'a'.repeat(n - 1)}!`,
  'words and commas': (n) => `${'a,'.repeat(n / 2 - 1)}!`,
  'dots and at signs': (n) => `${'a.@'.repeat(n / 3 - 1)}!`,
  'opening brackets': (n) => '<([{'.repeat(n / 4),
  'quotes and backslashes': (n) => '\\"'.repeat(n / 2),
  'percent signs': (n) => '%2'.repeat(n / 2),
  digits: (n) => `${'9'.repeat(n - 1)}x`,
  'combining accents': (n) => `a${'\u0301'.repeat(n - 1)}`,
  'equals signs': (n) => '='.repeat(n),
};

/** The processor time of this process, which is also the API's. */
async function cpuOf(run: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/**
 * How much longer a text takes than a quarter of it. 4: the time grows with the length. 16: it grows with
 * the square of the length. Half of it would give 2 and 4, too near to each other. A growth that is too
 * large is measured again, for the garbage collector may have run.
 */
async function growthOf(most: number, send: (length: number) => Promise<unknown>) {
  let least = Infinity;
  for (let run = 0; run < 4 && least > GROWTH_MOST; run += 1) {
    const quarter = await cpuOf(() => send(most / 4));
    least = Math.min(least, (await cpuOf(() => send(most))) / quarter);
  }
  return least;
}
const GROWTH_MOST = 9;

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  harness.request(method, path, {
    token: SERVICE_KEY,
    headers,
    ...(body === undefined ? {} : { body }),
  });

const TEXTS = ['subject', 'title', 'description', 'type', 'level', 'theme', 'subtheme'] as const;

async function replace(change: Record<string, unknown>) {
  const { material } = await harness.add(SERVICE_KEY);
  const headers = { 'If-Match': '"1"' };
  return ask('PUT', `/api/materials/${material.id}`, someMaterial(change), headers);
}

async function claimed() {
  const { job } = await harness.add();
  const claim = { jobId: job.id, attempt: 1, executionId: `e ${job.id}` };
  await harness.callback('job.started', claim);
  return claim;
}

const inHeader = (name: string, method = 'GET', path = '/api/materials?limit=1') => ({
  at: `the header ${name}`,
  most: 8_000,
  send: (text: string) =>
    ask(method, path, method === 'GET' ? undefined : {}, {
      [name]: text.replace(/[^\x21-\x7e]/g, '~'),
    }),
});

const POSITIONS: ReadonlyArray<{
  at: string;
  most: number;
  send: (text: string) => Promise<{ status: number }>;
}> = [
  ...TEXTS.map((name) => ({
    at: `${name} of a new material`,
    most: 50_000,
    send: (text: string) => ask('POST', '/api/materials', someMaterial({ [name]: text })),
  })),
  {
    at: 'metadata of a new material',
    most: 50_000,
    send: (text) => ask('POST', '/api/materials', someMaterial({ metadata: { Catatan: text } })),
  },
  {
    at: 'a name of metadata',
    most: 100,
    send: (text) => ask('POST', '/api/materials', someMaterial({ metadata: { [text]: 'x' } })),
  },
  {
    at: 'url of a new material',
    most: 2_000,
    send: (text) => ask('POST', '/api/materials', someMaterial({ url: `https://${text}` })),
  },
  { at: 'description of an edit', most: 50_000, send: (text) => replace({ description: text }) },
  { at: 'title of an edit', most: 50_000, send: (text) => replace({ title: text }) },
  ...['q', 'subject', 'level', 'type', 'theme', 'subtheme', 'cursor'].map((name) => ({
    at: `the query ${name}`,
    most: 200,
    send: (text: string) => ask('GET', `/api/materials?${name}=${encodeURIComponent(text)}`),
  })),
  {
    at: 'idToken',
    most: 10_000,
    send: (idToken) => ask('POST', '/api/auth/google', { idToken }),
  },
  {
    at: 'refreshToken',
    most: 500,
    send: (refreshToken) => ask('POST', '/api/auth/refresh', { refreshToken }),
  },
  {
    at: 'the URL of a subscription',
    most: 2_000,
    send: (text) => harness.subscribe({ url: `${harness.receiver.url}/${text}`, test: true }),
  },
  {
    at: 'the name of a workflow',
    most: 200,
    send: (name) =>
      harness.subscribe({ workflow: { instanceId: 'i', id: 'w', name, nodeId: 'n' } }),
  },
  {
    at: 'the message of a failure',
    most: 4_000,
    send: async (message) => {
      const error = { code: 'workflow_error', message, retryable: true };
      return harness.callback('job.failed', { ...(await claimed()), error });
    },
  },
  ...['status', 'summary'].map((name) => ({
    at: `${name} of a result`,
    most: 50_000,
    send: async (text: string) => {
      const whole = someResult();
      const value = name === 'summary' ? { teacher: text, student: text } : text;
      const result = { ...whole, analysis: { ...whole.analysis, [name]: value } };
      return harness.callback('job.completed', { ...(await claimed()), result });
    },
  })),
  {
    at: 'a quote of a result',
    most: 50_000,
    send: async (quote) => {
      const whole = someResult();
      const evidence = [{ id: 'e1', field: 'title', claim: 'x', quote }];
      const result = { ...whole, analysis: { ...whole.analysis, evidence } };
      return harness.callback('job.completed', { ...(await claimed()), result });
    },
  },
  {
    at: 'the body of a check',
    most: 1_000,
    send: (raw) => {
      const timestamp = Math.floor(Date.now() / 1_000);
      const headers = { ...sign(FROM_N8N, { id: 'check', timestamp, body: raw }) };
      return harness.request('POST', '/api/webhook/check', { raw, headers });
    },
  },
  inHeader('X-Request-Id'),
  inHeader('Authorization'),
  inHeader('Accept', 'GET', '/problems/gone'),
  inHeader('If-None-Match'),
  inHeader('If-Match', 'PUT', '/api/materials/01a20614-c5a5-72ad-b22b-509a48f9aa7e'),
  inHeader('Idempotency-Key', 'POST', '/api/materials'),
  inHeader('Content-Type', 'POST', '/api/materials'),
  inHeader('webhook-signature', 'POST', '/api/webhook/n8n'),
  {
    at: 'an address',
    most: 8_000,
    send: (text) => ask('GET', `/api/docs/${encodeURIComponent(text).slice(0, text.length)}x`),
  },
];

describe('a text of the greatest length takes time in proportion to its length', () => {
  it.each(POSITIONS.map((one) => [one.at, one] as const))(
    'takes time in proportion to the length of %s',
    async (_, { most, send }) => {
      const slow: string[] = [];
      for (const [pattern, make] of Object.entries(PATTERNS)) {
        const growth = await growthOf(most, async (length) => {
          const { status } = await send(make(length).slice(0, length));
          expect(status).toBeLessThan(500);
        });
        if (growth > GROWTH_MOST) slow.push(`${pattern}: ${growth.toFixed(1)}`);
      }
      expect(slow).toEqual([]);
    },
  );

  it('measures quadratic time for a search that begins again at each blank', async () => {
    const blanks = (text: string) => {
      let count = 0;
      for (let from = 0; from < text.length; from += 1) {
        for (let at = from; text[at] === ' '; at += 1) count += 1;
      }
      return count;
    };
    const text = PATTERNS['blanks between letters'] ?? String;
    const growth = await growthOf(20_000, (length) => Promise.resolve(blanks(text(length))));
    expect(growth).toBeGreaterThan(GROWTH_MOST);
  });
});
