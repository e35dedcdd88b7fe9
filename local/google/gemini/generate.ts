import { randomBytes } from 'node:crypto';
import type { AnswerFault } from '../http/route.ts';
import { analyze } from './analysis.ts';
import { answerFor } from './answerSchema.ts';
import { materialIn } from './material.ts';
import type { Model } from './models.ts';
import type { GenerateContent } from './request.ts';

/** About as many characters as Gemini makes one token of in Indonesian. */
const charactersPerToken = 4;

function tokensOf(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** The answer of `generateContent`: computed from the prompt's material, never random. */
export function generate(model: Model, request: GenerateContent, fault?: AnswerFault): object {
  const config = request.generationConfig ?? {};
  const prompt = promptOf(request);
  const promptTokens = tokensOf(prompt);
  const about = { modelVersion: model.id, responseId: randomBytes(16).toString('base64url') };
  const promptUsage = {
    promptTokenCount: promptTokens,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokens }],
  };
  if (fault === 'blocked') {
    return {
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      usageMetadata: { ...promptUsage, totalTokenCount: promptTokens },
      ...about,
    };
  }
  const thoughts = thoughtTokens(model, config.thinkingConfig?.thinkingBudget, promptTokens);
  const whole = textOf(request, fault);
  const allowed = Math.max(0, (config.maxOutputTokens ?? model.outputTokenLimit) - thoughts);
  const cut = fault === 'max_tokens' ? Math.floor(whole.length / 2) : allowed * charactersPerToken;
  const text = whole.slice(0, cut);
  const candidateTokens = tokensOf(text);
  return {
    candidates: [
      {
        // Thinking that used up all tokens leaves a content without parts.
        content: { ...(text === '' ? {} : { parts: [{ text }] }), role: 'model' },
        finishReason: text.length < whole.length ? 'MAX_TOKENS' : 'STOP',
        index: 0,
      },
    ],
    usageMetadata: {
      ...promptUsage,
      ...(candidateTokens > 0 ? { candidatesTokenCount: candidateTokens } : {}),
      totalTokenCount: promptTokens + candidateTokens + thoughts,
      ...(thoughts > 0 ? { thoughtsTokenCount: thoughts } : {}),
    },
    ...about,
  };
}

function promptOf({ contents, systemInstruction }: GenerateContent): string {
  return [...(systemInstruction ? [systemInstruction] : []), ...contents]
    .flatMap(({ parts }) => parts.map((part) => part.text ?? ''))
    .join('\n');
}

/** A thinking model thinks a little about everything, unless it is told not to. */
function thoughtTokens(model: Model, budget: number | undefined, promptTokens: number): number {
  if (!model.thinking || budget === 0) return 0;
  const wanted = 60 + Math.round(promptTokens / 5);
  return budget === undefined || budget < 0 ? wanted : Math.min(wanted, budget);
}

function textOf(request: GenerateContent, fault?: AnswerFault): string {
  const config = request.generationConfig ?? {};
  const users = request.contents.filter(({ role }) => role !== 'model');
  const material = materialIn(
    users.flatMap(({ parts }) => parts.map((part) => part.text ?? '')).join('\n'),
  );
  const found = analyze(material);
  if (config.responseMimeType !== 'application/json') {
    return fault === 'malformed' ? '{"summary": "' : found.summary;
  }
  const schema = config.responseSchema ?? config.responseJsonSchema;
  const json = JSON.stringify(schema ? answerFor(schema, { found, material }) : found, null, 2);
  return fault === 'malformed' ? `${json.slice(0, -1)}\n\nSemoga membantu!` : json;
}
