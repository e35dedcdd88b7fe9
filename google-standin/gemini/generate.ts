import { randomBytes } from 'node:crypto';
import { invalid } from '../http/googleError.ts';
import type { AnswerFault } from '../http/route.ts';
import { analyze } from './analysis.ts';
import { answerFor } from './answerSchema.ts';
import { materialIn } from './written/material.ts';
import {
  continuesModelTurns,
  OUTPUT_TOKEN_LIMIT,
  routedVersion,
  versionOf,
  type TextModel,
} from './models.ts';
import type { GenerateContent } from './request.ts';
import { spoilt } from './spoil.ts';
import { thoughtTokens } from './thinking.ts';

/** About as many characters as Gemini makes one token of in Indonesian. */
const charactersPerToken = 4;

function tokensOf(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/**
 * The answer of `generateContent`: computed from the prompt's material, never random.
 *
 * @throws GoogleError 400 in Google's words for what the model does not take
 */
export function generate(model: TextModel, request: GenerateContent, fault?: AnswerFault): object {
  const config = request.generationConfig ?? {};
  if (request.contents.at(-1)?.role === 'model' && !continuesModelTurns(model)) {
    throw invalid(
      'Requests ending with a model turn are not supported unless the last part is a function response.',
    );
  }
  const prompt = promptOf(request);
  const promptTokens = tokensOf(prompt);
  const about = {
    modelVersion: fault === 'routed' ? routedVersion(model) : versionOf(model),
    responseId: randomBytes(16).toString('base64url'),
  };
  const promptUsage = {
    promptTokenCount: promptTokens,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokens }],
  };
  const thoughts = thoughtTokens(model, config.thinkingConfig ?? {}, promptTokens);
  const answered = (tokens: number) => ({
    usageMetadata: {
      ...promptUsage,
      ...(tokens > 0 ? { candidatesTokenCount: tokens } : {}),
      totalTokenCount: promptTokens + tokens + thoughts,
      ...(thoughts > 0 ? { thoughtsTokenCount: thoughts } : {}),
    },
    ...about,
  });
  const unanswered = {
    usageMetadata: { ...promptUsage, totalTokenCount: promptTokens },
    ...about,
  };
  switch (fault) {
    case 'blocked':
      return { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, ...unanswered };
    case 'empty':
      return unanswered;
    case 'safety':
      return { candidates: [{ content: {}, finishReason: 'SAFETY', index: 0 }], ...answered(0) };
    default: {
      const whole = textOf(request, fault);
      const allowed = Math.max(0, (config.maxOutputTokens ?? OUTPUT_TOKEN_LIMIT) - thoughts);
      const text = whole.slice(
        0,
        fault === 'max_tokens' ? Math.floor(whole.length / 2) : allowed * charactersPerToken,
      );
      return {
        candidates: [
          {
            // Thinking that used up all tokens leaves a content without parts.
            content: { ...(text === '' ? {} : { parts: [{ text }] }), role: 'model' },
            finishReason: text.length < whole.length ? 'MAX_TOKENS' : 'STOP',
            index: 0,
          },
        ],
        ...answered(tokensOf(text)),
      };
    }
  }
}

function promptOf({ contents, systemInstruction }: GenerateContent): string {
  return [...(systemInstruction ? [systemInstruction] : []), ...contents]
    .flatMap(({ parts }) => parts.map((part) => part.text ?? ''))
    .join('\n');
}

function textOf(request: GenerateContent, fault?: AnswerFault): string {
  const config = request.generationConfig ?? {};
  const users = request.contents.filter(({ role }) => role !== 'model');
  const material = materialIn(
    users.flatMap(({ parts }) => parts.map((part) => part.text ?? '')).join('\n'),
  );
  const found = analyze(material);
  if (config.responseMimeType !== 'application/json') {
    return fault === 'malformed' ? '{"summary": "' : found.plain.summary;
  }
  const schema = config.responseSchema ?? config.responseJsonSchema;
  const answer = schema
    ? answerFor(schema, { found, material }, '', found.analysis)
    : found.analysis;
  const json = JSON.stringify(spoilt(answer, fault), null, 2);
  return fault === 'malformed' ? `${json.slice(0, -1)}\n\nSemoga membantu!` : json;
}
