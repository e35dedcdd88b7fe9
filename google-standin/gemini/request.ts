import * as z from 'zod/v4-mini';
import { invalid, malformed, notImplemented, type GoogleError } from '../http/googleError.ts';
import { geminiNames, googleBooleanSchema, googleEnum, readBody } from '../names/index.ts';
import { responseJsonSchema, responseSchema } from './responseSchema.ts';

// Google's other fields are not here: a request with one of them is answered 501.

const contentSchema = z.strictObject({
  role: z.optional(z.string('TYPE_STRING')),
  parts: z._default(z.array(z.strictObject({ text: z.optional(z.string('TYPE_STRING')) })), []),
});
type Content = z.infer<typeof contentSchema>;

const thinkingLevelSchema = googleEnum(
  ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'],
  'ThinkingConfig.ThinkingLevel',
  'google.ai.generativelanguage.v1beta',
);
const thinkingConfigSchema = z.strictObject({
  thinkingBudget: z.optional(z.int('TYPE_INT32')),
  includeThoughts: z.optional(googleBooleanSchema),
  thinkingLevel: z.optional(thinkingLevelSchema),
});
export type ThinkingConfig = z.infer<typeof thinkingConfigSchema>;

const generationConfigSchema = z.strictObject({
  responseMimeType: z.optional(z.string('TYPE_STRING')),
  responseSchema: z.optional(responseSchema),
  responseJsonSchema: z.optional(responseJsonSchema),
  maxOutputTokens: z.optional(z.int('TYPE_INT32')),
  thinkingConfig: z.optional(thinkingConfigSchema),
  candidateCount: z.optional(z.int('TYPE_INT32')),
  // Deprecated in July 2026 and still accepted: they change nothing here.
  temperature: z.optional(z.number('TYPE_FLOAT')),
  topP: z.optional(z.number('TYPE_FLOAT')),
  topK: z.optional(z.int('TYPE_INT32')),
  // A seed has no effect: the same request always gets the same answer.
  seed: z.optional(z.int('TYPE_INT32')),
});
type GenerationConfig = z.infer<typeof generationConfigSchema>;

const generateContentSchema = z.strictObject({
  contents: z._default(z.array(contentSchema), []),
  systemInstruction: z.optional(contentSchema),
  generationConfig: z.optional(generationConfigSchema),
  // Google's client sends an empty list when there are none.
  safetySettings: z._default(z.array(z.unknown()), []),
});

export type GenerateContent = Omit<z.infer<typeof generateContentSchema>, 'safetySettings'>;

/**
 * Parses a request as Google does.
 *
 * @throws GoogleError 400 for what Google refuses, 501 for what the stand-in lacks
 */
export function parseGenerateContent(text: string): GenerateContent {
  const { safetySettings, ...request } = readBody(
    geminiNames,
    'GenerateContentRequest',
    generateContentSchema,
    text,
  );
  if (safetySettings.length > 0) throw notImplemented('the field safety_settings');
  const { contents, systemInstruction, generationConfig: config } = request;
  if (contents.length === 0) throw invalidField('contents', 'contents is not specified');
  for (const [index, { role, parts }] of contents.entries()) {
    refuseRole(role);
    const at = `contents[${index}].parts`;
    if (parts.length === 0) throw invalidField(at, 'contents.parts must not be empty.');
    refuseEmptyPart(parts, at);
  }
  if (systemInstruction) {
    if (!['', 'user', 'model', 'system'].includes(systemInstruction.role ?? '')) {
      throw notImplemented(`the role ${systemInstruction.role} in a system instruction`);
    }
    refuseEmptyPart(systemInstruction.parts, 'system_instruction.parts');
  }
  if (config) refuseConfig(config);
  return request;
}

/** The text of LangBot's issue #1486. For `system` and `function` Google's answers differ by model. */
function refuseRole(role = ''): void {
  if (['', 'user', 'model'].includes(role)) return;
  if (['system', 'function'].includes(role)) throw notImplemented(`the role ${role}`);
  throw invalid('Please use a valid role: user, model.');
}

/** Google takes a part without text, and one with an empty text, for a part without anything. */
function refuseEmptyPart(parts: Content['parts'], at: string): void {
  const index = parts.findIndex(({ text = '' }) => text === '');
  if (index < 0) return;
  const problem = "required oneof field 'data' must have one initialized field";
  throw invalidField(`${at}[${index}].data`, problem);
}

function refuseConfig(config: GenerationConfig): void {
  const { responseMimeType = '', maxOutputTokens } = config;
  const schemas = [config.responseSchema, config.responseJsonSchema].filter(Boolean);
  if (schemas.length > 0 && responseMimeType !== 'application/json') {
    throw invalidField(
      'generation_config.response_schema',
      "response_schema is only supported with response_mime_type 'application/json'",
    );
  }
  if (maxOutputTokens !== undefined && maxOutputTokens < 1) {
    throw invalidField('generation_config.max_output_tokens', 'max_output_tokens must be positive');
  }
  if (!['', 'text/plain', 'application/json'].includes(responseMimeType)) {
    throw notImplemented(`the response_mime_type ${responseMimeType}`);
  }
  if (schemas.length > 1) throw notImplemented('two schemas at once');
  if ((config.candidateCount ?? 1) !== 1) throw notImplemented('a candidate_count other than 1');
  if (config.thinkingConfig?.includeThoughts) throw notImplemented('include_thoughts');
}

function invalidField(field: string, problem: string): GoogleError {
  return malformed([{ field, description: `* GenerateContentRequest.${field}: ${problem}` }]);
}
