import * as z from 'zod/v4-mini';
import { malformed } from '../http/googleError.ts';
import { parseJson, parseMessage } from '../http/json.ts';

const part = z.looseObject({ text: z.optional(z.string('TYPE_STRING')) });
const content = z.strictObject({
  role: z.optional(z.string('TYPE_STRING')),
  parts: z._default(z.array(part), []),
});

const jsonObject = z.record(z.string(), z.unknown());

/** Google takes the level in any case, and calls it in capitals. */
const thinkingLevel = z.pipe(
  z.pipe(
    z.string('TYPE_STRING'),
    z.transform((level) => level.toUpperCase()),
  ),
  z.enum(
    ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'],
    'type.googleapis.com/google.ai.generativelanguage.v1beta.ThinkingConfig.ThinkingLevel',
  ),
);
const thinkingConfig = z.strictObject({
  thinkingBudget: z.optional(z.int('TYPE_INT32')),
  includeThoughts: z.optional(z.boolean('TYPE_BOOL')),
  thinkingLevel: z.optional(thinkingLevel),
});
export type ThinkingConfig = z.infer<typeof thinkingConfig>;

const generationConfig = z.strictObject({
  responseMimeType: z.optional(z.string('TYPE_STRING')),
  responseSchema: z.optional(jsonObject),
  responseJsonSchema: z.optional(jsonObject),
  maxOutputTokens: z.optional(z.int('TYPE_INT32')),
  thinkingConfig: z.optional(thinkingConfig),
  candidateCount: z.optional(z.int('TYPE_INT32')),
  stopSequences: z.optional(z.array(z.string('TYPE_STRING'))),
  // Deprecated in July 2026 and still accepted: they change nothing here.
  temperature: z.optional(z.number('TYPE_FLOAT')),
  topP: z.optional(z.number('TYPE_FLOAT')),
  topK: z.optional(z.number('TYPE_INT32')),
  seed: z.optional(z.int('TYPE_INT32')),
  presencePenalty: z.optional(z.number('TYPE_FLOAT')),
  frequencyPenalty: z.optional(z.number('TYPE_FLOAT')),
  responseLogprobs: z.optional(z.boolean('TYPE_BOOL')),
  logprobs: z.optional(z.int('TYPE_INT32')),
  responseModalities: z.optional(z.array(z.string('TYPE_STRING'))),
  mediaResolution: z.optional(z.string('TYPE_STRING')),
});

const generateContent = z.strictObject({
  contents: z._default(z.array(content), []),
  systemInstruction: z.optional(content),
  generationConfig: z.optional(generationConfig),
  safetySettings: z.optional(z.array(jsonObject)),
  tools: z.optional(z.array(jsonObject)),
  toolConfig: z.optional(jsonObject),
  cachedContent: z.optional(z.string('TYPE_STRING')),
  model: z.optional(z.string('TYPE_STRING')),
  store: z.optional(z.boolean('TYPE_BOOL')),
  serviceTier: z.optional(z.string('TYPE_STRING')),
});

export type GenerateContent = z.infer<typeof generateContent>;

/** Parses a request as Google does: both spellings of a field's name, unknown ones refused. */
export function parseGenerateContent(text: string): GenerateContent {
  const body = camelKeys(parseJson(text), ['generationConfig', 'thinkingConfig']);
  const request = parseMessage(generateContent, body);
  if (request.contents.length === 0) {
    throw invalidField('contents', 'contents is not specified');
  }
  const config = request.generationConfig;
  if (
    config &&
    (config.responseSchema ?? config.responseJsonSchema) &&
    config.responseMimeType !== 'application/json'
  ) {
    throw invalidField(
      'generation_config.response_schema',
      "response_schema is only supported with response_mime_type 'application/json'",
    );
  }
  if (config?.maxOutputTokens !== undefined && config.maxOutputTokens < 1) {
    throw invalidField('generation_config.max_output_tokens', 'max_output_tokens must be positive');
  }
  return request;
}

function invalidField(field: string, problem: string) {
  return malformed([{ field, description: `* GenerateContentRequest.${field}: ${problem}` }]);
}

/** `system_instruction` → `systemInstruction`, down into the messages named; schemas stay as they are. */
function camelKeys(value: unknown, into: readonly string[]): unknown {
  const message = z.safeParse(jsonObject, value);
  if (!message.success) return value;
  const entries = Object.entries(message.data).map(([key, inner]) => {
    const camel = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return [camel, into.includes(camel) ? camelKeys(inner, into) : inner] as const;
  });
  return Object.fromEntries(entries);
}
