import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod/v4-mini';
import { DEFAULT_MODEL } from '../../core/analysis/index.ts';
import { startGoogle, type GoogleStandIn } from '../index.ts';
import { addFault } from '../../test/harness/google/controls.ts';

let google: GoogleStandIn;
beforeAll(async () => {
  google = await startGoogle();
});
afterAll(() => google.close());

const headers = { 'x-goog-api-key': 'stand-in-gemini-key' };

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${google.url}/v1beta/models${path}`, { headers });
  return { status: response.status, body: await response.json() };
}

async function ask(model: string, generationConfig: object = {}) {
  const response = await fetch(`${google.url}/v1beta/models/${model}:generateContent`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ contents: [{ parts: [{ text: 'Daur air' }] }], generationConfig }),
  });
  return { status: response.status, body: z.unknown().parse(await response.json()) };
}

const listedSchema = z.object({
  models: z.array(
    z.looseObject({ name: z.string(), supportedGenerationMethods: z.array(z.string()) }),
  ),
  nextPageToken: z.optional(z.string()),
});
const list = async (query = '') => z.parse(listedSchema, (await get(query)).body);

describe('The list of models', () => {
  it('comes in pages of 50 that together have every model once', async () => {
    const first = await list();
    expect(first.models).toHaveLength(50);
    const second = await list(`?pageToken=${first.nextPageToken}`);
    expect(second.nextPageToken).toBeUndefined();
    const all = await list('?pageSize=1000');
    expect([...first.models, ...second.models]).toEqual(all.models);
    expect(new Set(all.models.map(({ name }) => name)).size).toBe(all.models.length);
  });

  it.each(['image', 'tts', 'robotics'])(
    'has %s models that offer generateContent too',
    async (kind) => {
      const { models } = await list('?pageSize=1000');
      const found = models.filter(({ name }) => name.includes(kind));
      expect(found[0]?.supportedGenerationMethods).toContain('generateContent');
    },
  );

  it('has embedding models, which do not offer generateContent', async () => {
    const { body } = await get('/gemini-embedding-001');
    expect(body).toMatchObject({
      supportedGenerationMethods: expect.not.arrayContaining(['generateContent']),
    });
  });

  it.each(['?pageToken=bm8', '?pageSize=-1'])('answers 400 to %s', async (query) => {
    expect(await get(query)).toMatchObject({ status: 400 });
  });
});

describe('A model that does not answer', () => {
  it.each([
    ['gemini-2.5-flash', 'This model models/gemini-2.5-flash is no longer available to new users.'],
    ['gemini-2.0-flash', 'This model models/gemini-2.0-flash is no longer available. Please'],
    ['gemini-9', 'models/gemini-9 is not found for API version v1beta, or is not supported for'],
    ['gemini-embedding-001', 'models/gemini-embedding-001 is not found for API version v1beta'],
  ])('gives 404 in the words of Google: %s', async (model, message) => {
    expect(await ask(model)).toMatchObject({
      status: 404,
      body: { error: { status: 'NOT_FOUND', message: expect.stringContaining(message) } },
    });
  });

  it('gives 501 where Google would answer with a picture or speech', async () => {
    expect(await ask('gemini-3.1-flash-image')).toMatchObject({ status: 501 });
  });
});

describe('The model that answers', () => {
  it.each([
    [DEFAULT_MODEL, DEFAULT_MODEL],
    ['gemini-flash-lite-latest', DEFAULT_MODEL],
    ['gemini-3-pro-preview', 'gemini-3.1-pro-preview'],
  ])('is named: %s is answered by %s', async (model, modelVersion) => {
    expect(await ask(model)).toMatchObject({ status: 200, body: { modelVersion } });
  });

  it('is another one on demand', async () => {
    await addFault(google, { service: 'gemini', kind: 'routed' });
    expect(await ask(DEFAULT_MODEL)).toMatchObject({
      status: 200,
      body: { modelVersion: 'gemini-3.8-flash' },
    });
  });
});

describe('Thinking', () => {
  const counted = z.object({
    usageMetadata: z.object({ thoughtsTokenCount: z._default(z.number(), 0) }),
  });

  it('takes more tokens at a higher level', async () => {
    const thoughts = async (thinkingLevel: string): Promise<number> => {
      const { body } = await ask(DEFAULT_MODEL, { thinkingConfig: { thinkingLevel } });
      return counted.parse(body).usageMetadata.thoughtsTokenCount;
    };
    const [none, low, high] = [
      await thoughts('minimal'),
      await thoughts('LOW'),
      await thoughts('high'),
    ];
    expect(none).toBe(0);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(low);
  });

  it.each([
    ['gemini-3.8-flash', { thinkingLevel: 'minimal' }, 'Thinking level MINIMAL is not supported'],
    [DEFAULT_MODEL, { thinkingLevel: 'low', thinkingBudget: 1 }, 'only one of thinking budget'],
    [DEFAULT_MODEL, { thinkingLevel: 'deep' }, 'generation_config.thinking_config.thinking_level'],
  ])('is refused with 400: %s, %j', async (model, thinkingConfig, message) => {
    expect(await ask(model, { thinkingConfig })).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining(message) } },
    });
  });
});

it('The deprecated sampling parameters are still accepted', async () => {
  expect(await ask(DEFAULT_MODEL, { temperature: 0.2, topP: 0.9, topK: 40 })).toMatchObject({
    status: 200,
  });
});

describe("A request that ends with a model's turn", () => {
  const contents = [
    { role: 'user', parts: [{ text: 'Daur air' }] },
    { role: 'model', parts: [{ text: '{' }] },
  ];
  const end = async (model: string): Promise<unknown> => {
    const response = await fetch(`${google.url}/v1beta/models/${model}:generateContent`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ contents }),
    });
    return response.json();
  };

  it.each([DEFAULT_MODEL, 'gemini-3.6-flash', 'gemini-flash-latest'])(
    'is refused by %s',
    async (model) => {
      expect(await end(model)).toMatchObject({
        error: { code: 400, message: expect.stringContaining('ending with a model turn') },
      });
    },
  );

  it.each(['gemini-3.5-flash', 'gemini-3-flash-preview', 'gemini-3.1-pro-preview'])(
    'is answered by %s',
    async (model) => {
      expect(await end(model)).toHaveProperty('candidates');
    },
  );
});
