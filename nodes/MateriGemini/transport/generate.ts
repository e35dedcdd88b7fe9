import type { Content, FinishReason, GenerationConfig } from '@google/generative-ai';
import type { IExecuteFunctions } from 'n8n-workflow';
import { beginning, readable, type ResponseSchema, type TokenUsage } from '../../../core/index.ts';
import { read, readCount, readList, readText } from '../../shared/http/read.ts';
import { retrying } from '../../shared/http/retrying.ts';
import { ItemFailure } from '../../shared/items/itemFailure.ts';
import { geminiFailure, geminiWait, isModelMissing, modelNotFound } from './refusals.ts';
import { requestGemini } from './request.ts';

/** The longest name of a model that a result can hold (core: analysisResult). */
export const LONGEST_MODEL = 200;

export type Usage = TokenUsage & { thoughtTokens: number };

export interface Generation {
  readonly text: string;
  /** The answer ended at the most output tokens, thinking included. */
  readonly cut: boolean;
  readonly usage: Usage;
  /** The model that answered, as Gemini names it; '' if it does not. */
  readonly modelVersion: string;
}

interface Question {
  readonly instruction: string;
  readonly contents: Content[];
  readonly responseSchema: ResponseSchema;
}

export interface Terms {
  readonly model: string;
  /** How long the model thinks; undefined leaves it to the model. */
  readonly thinkingLevel: string | undefined;
  readonly maxOutputTokens: number;
  readonly timeoutMs: number;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  /** Asks for the models that the key may use; undefined if Google does not list them. */
  readonly offeredModels: () => Promise<readonly string[] | undefined>;
}

/** Google's types are frozen at July 2025, before `thinkingConfig` (ai.google.dev/gemini-api/docs/thinking). */
type Config = Pick<GenerationConfig, 'maxOutputTokens' | 'responseMimeType'> & {
  responseSchema: ResponseSchema;
  thinkingConfig?: { thinkingLevel: string };
};

/** The enum's values without its code, which would have to be bundled. */
type Finish = `${FinishReason}`;

/** With these a second try with the same text ends the same way (ai.google.dev/api/generate-content#FinishReason). */
const REFUSALS: readonly Finish[] = [
  'SAFETY',
  'RECITATION',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
];
const CUT: Finish = 'MAX_TOKENS';

/**
 * One answer of the model, in the form of the schema. Waits for quota as Gemini tells, and a little
 * while the model is overloaded.
 *
 * @throws ItemFailure if it refuses or no answer comes in time
 */
export async function generate(
  node: IExecuteFunctions,
  { model, thinkingLevel, maxOutputTokens, timeoutMs, deadline, offeredModels }: Terms,
  { instruction, contents, responseSchema }: Question,
): Promise<Generation> {
  const generationConfig: Config = {
    maxOutputTokens,
    responseMimeType: 'application/json',
    responseSchema,
    ...(thinkingLevel === undefined ? {} : { thinkingConfig: { thinkingLevel } }),
  };
  const outcome = await retrying(
    { deadline, signal: node.getExecutionCancelSignal() },
    async () =>
      await requestGemini(node, {
        method: 'POST',
        path: `/v1beta/models/${encodeURIComponent(model)}:generateContent`,
        body: {
          systemInstruction: { parts: [{ text: instruction }] },
          contents,
          generationConfig,
        },
        timeoutMs,
      }),
    geminiWait,
  );
  if (!outcome.reached || outcome.status !== 200) {
    throw isModelMissing(outcome)
      ? modelNotFound(outcome, model, await offeredModels())
      : geminiFailure(outcome, model);
  }
  return generation(outcome.body);
}

function generation(body: unknown): Generation {
  const finish = readText(body, 'candidates', 0, 'finishReason');
  const blocked =
    readText(body, 'promptFeedback', 'blockReason') ||
    (REFUSALS.some((reason) => reason === finish) ? finish : '');
  if (blocked !== '') {
    throw new ItemFailure('model_refused', `Gemini refused the material: ${blocked}.`, {
      retryable: false,
      advice: "Look for what Google's filters may object to in the material's text.",
    });
  }
  if (readList(body, 'candidates').length === 0) {
    throw new ItemFailure('answer_invalid', 'Gemini sent no answer, and no reason.', {
      retryable: true,
      advice: 'Try again, or choose another model.',
    });
  }
  const parts = readList(body, 'candidates', 0, 'content', 'parts');
  const thoughtTokens = readCount(body, 'usageMetadata', 'thoughtsTokenCount');
  return {
    text: parts
      .filter((part) => read(part, 'thought') !== true)
      .map((part) => readText(part, 'text'))
      .join(''),
    cut: finish === CUT,
    usage: {
      promptTokens: readCount(body, 'usageMetadata', 'promptTokenCount'),
      outputTokens: readCount(body, 'usageMetadata', 'candidatesTokenCount') + thoughtTokens,
      totalTokens: readCount(body, 'usageMetadata', 'totalTokenCount'),
      thoughtTokens,
    },
    modelVersion: readable(beginning(readText(body, 'modelVersion'), LONGEST_MODEL)),
  };
}
