import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod/v4-mini';
import { DEFAULT_MODEL } from '../../core/analysis/index.ts';
import { startGoogle, type GoogleStandIn } from '../index.ts';
import { geminiNames } from '../names/index.ts';

/** "501, never a guess": what Gemini knows and the stand-in lacks is 501, what it refuses is 400. */

let google: GoogleStandIn;
beforeAll(async () => {
  google = await startGoogle();
});
afterAll(() => google.close());

const answerSchema = z.object({ error: z.optional(z.object({ message: z.string() })) });

/** The status, and the error's text. */
async function send(path: string, body?: object) {
  const response = await fetch(`${google.url}/v1beta/models${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'x-goog-api-key': 'stand-in-gemini-key' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const { error } = z.parse(answerSchema, await response.json());
  return { status: response.status, ...(error ? { message: error.message } : {}) };
}

const contents = [{ role: 'user', parts: [{ text: 'Daur air' }] }];
const ask = (request: object, query = '') =>
  send(`/${DEFAULT_MODEL}:generateContent${query}`, { contents, ...request });

const lacking = {
  status: 501,
  message: expect.stringContaining('The stand-in for Google does not implement'),
};

/** The fields that the stand-in reads, with a value that changes nothing. */
const read: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  GenerateContentRequest: {
    contents,
    systemInstruction: { role: 'system', parts: [{ text: 'Jawab singkat.' }] },
    generationConfig: {},
  },
  Content: { role: 'user', parts: [{ text: 'Daur air' }] },
  Part: { text: 'Daur air' },
  GenerationConfig: {
    responseMimeType: 'text/plain',
    responseSchema: null,
    responseJsonSchema: null,
    maxOutputTokens: 1000,
    thinkingConfig: {},
    candidateCount: 1,
    temperature: 0.5,
    topP: 0.9,
    topK: 40,
    seed: 1,
  },
  Schema: {
    type: 'object',
    format: null,
    title: 'Judul',
    description: 'Isi',
    nullable: true,
    enum: null,
    properties: { a: { type: 'STRING' } },
    required: ['a'],
    propertyOrdering: ['a'],
    items: null,
    minItems: '1',
    maxItems: 2,
    maxLength: 9,
    minimum: 1,
    maximum: 2,
    anyOf: null,
  },
  ThinkingConfig: { includeThoughts: false, thinkingBudget: 0, thinkingLevel: null },
};

/** A request with this message in its place. */
const around: Readonly<Record<string, (message: object) => object>> = {
  GenerateContentRequest: (message) => message,
  Content: (message) => ({ contents: message }),
  Part: (message) => ({ contents: { parts: message } }),
  GenerationConfig: (generationConfig) => ({ generationConfig }),
  Schema: (responseSchema) => json({ responseSchema }),
  ThinkingConfig: (thinkingConfig) => ({ generationConfig: { thinkingConfig } }),
};

const json = (config: object) => ({
  generationConfig: { responseMimeType: 'application/json', ...config },
});

describe('generateContent', () => {
  it.each(Object.entries(around))(
    'takes the fields of %s that it reads, null for any of them, and answers 501 for the others',
    async (message, request) => {
      const base = read[message] ?? {};
      expect(await ask(request(base))).toEqual({ status: 200 });
      for (const [name, { shape, type }] of geminiNames.fieldsOf(message)) {
        const unset = await ask(request({ ...base, [name]: null }));
        const isRequired = ['contents', 'parts', 'text'].includes(name);
        expect({ name, ...unset }).toMatchObject({ name, status: isRequired ? 400 : 200 });
        expect(unset.message ?? '').not.toContain('Invalid input');
        if (name in base) continue;
        const one = type === 'any' ? {} : 'x';
        const given = await ask(request({ ...base, [name]: shape === 'list' ? [one] : one }));
        expect({ name, ...given }).toEqual({ name, ...lacking });
      }
    },
  );

  it('takes a JSON Schema that allows no other properties', async () => {
    const responseJsonSchema = { type: 'object', additionalProperties: false };
    expect(await ask(json({ responseJsonSchema }))).toEqual({ status: 200 });
  });

  it.each([
    [{ generationConfig: { candidateCount: 3 } }],
    [{ generationConfig: { thinkingConfig: { includeThoughts: true } } }],
    [{ generationConfig: { responseMimeType: 'text/x.enum' } }],
    [json({ responseJsonSchema: { $ref: '#/$defs/a' } })],
    [json({ responseJsonSchema: { type: 'array', prefixItems: [] } })],
    [json({ responseSchema: {}, responseJsonSchema: {} })],
    [{ service_tier: 'flex' }],
    [{ contents: [{ role: 'function', parts: [{ text: 'a' }] }] }],
    [{ systemInstruction: { role: 'robot', parts: [{ text: 'a' }] } }],
  ])('answers 501 for a value that it lacks: %j', async (request) => {
    expect(await ask(request)).toEqual(lacking);
  });

  it.each([
    [
      { contents: [{ role: 'robot', parts: [{ text: 'a' }] }] },
      'Please use a valid role: user, model.',
    ],
    [
      { contents: [{ parts: [{ txt: 'a' }] }] },
      `Invalid JSON payload received. Unknown name "txt" at 'contents[0].parts[0]': Cannot find field.`,
    ],
    [
      { contents: [{ parts: [{ text: 'a' }, {}] }] },
      `* GenerateContentRequest.contents[0].parts[1].data: required oneof field 'data' must have one initialized field`,
    ],
    [
      { contents: [{ parts: [] }] },
      '* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.',
    ],
    [
      { generationConfig: { thinkingConfig: { level: 1 } } },
      `Invalid JSON payload received. Unknown name "level" at 'generation_config.thinking_config': Cannot find field.`,
    ],
    [
      json({ responseSchema: { properties: { a: { items: { additionalProperties: false } } } } }),
      `Invalid JSON payload received. Unknown name "additionalProperties" at 'generation_config.response_schema.properties[0].value.items': Cannot find field.`,
    ],
    [
      json({ responseSchema: { type: 'TEXT' } }),
      `Invalid value at 'generation_config.response_schema.type' (type.googleapis.com/google.ai.generativelanguage.v1beta.Type), "TEXT"`,
    ],
  ])("refuses %j in Google's words", async (request, message) => {
    expect(await ask(request)).toEqual({ status: 400, message });
  });
});

it.each(['countTokens', 'streamGenerateContent'])('answers 501 for %s', async (method) => {
  expect(await send(`/${DEFAULT_MODEL}:${method}`, { contents })).toEqual(lacking);
});

describe('A parameter', () => {
  it.each(['?fields=candidates', '?alt=sse', '?access_token=x'])(
    'is answered 501: %s',
    async (query) => {
      expect(await ask({}, query)).toEqual(lacking);
    },
  );

  it('is refused that Google does not know', async () => {
    expect(await send('?tidakAda=1')).toMatchObject({
      status: 400,
      message: expect.stringContaining('Unknown name "tidakAda"'),
    });
  });

  it.each(['abc', '1.5', '', '99999999999'])('pageSize is refused as %p', async (pageSize) => {
    expect(await send(`?pageSize=${pageSize}`)).toEqual({
      status: 400,
      message: `Invalid value at 'page_size' (TYPE_INT32), "${pageSize}"`,
    });
  });
});
