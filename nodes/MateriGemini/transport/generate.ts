import type { Content, FinishReason, GenerationConfig } from '@google/generative-ai';
import type { IExecuteFunctions } from 'n8n-workflow';
import { ANALYSIS_RESPONSE_SCHEMA, type TokenUsage } from '../../../core/index.ts';
import { read, readCount, readList, readText } from '../../http/read.ts';
import { retrying } from '../../http/retrying.ts';
import { JobFailed } from '../../items/jobFailed.ts';
import { geminiFailure, geminiWait } from './refusals.ts';
import { requestGemini } from './request.ts';

export interface Generation {
  readonly text: string;
  /** The answer ended at the most output tokens, thinking included. */
  readonly cut: boolean;
  readonly usage: TokenUsage;
}

interface Question {
  readonly instruction: string;
  readonly contents: Content[];
}

interface Terms {
  readonly model: string;
  readonly temperature: number;
  readonly maxOutputTokens: number;
  readonly timeoutMs: number;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

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
 * One answer of the model, in the analysis's schema. Waits for quota as Gemini tells, and a little
 * while the model is overloaded.
 *
 * @throws JobFailed if it refuses or no answer comes in time
 */
export async function generate(
  this: IExecuteFunctions,
  { model, timeoutMs, deadline, ...config }: Terms,
  { instruction, contents }: Question,
): Promise<Generation> {
  const generationConfig: Omit<GenerationConfig, 'responseSchema'> & { responseSchema: object } = {
    ...config,
    responseMimeType: 'application/json',
    responseSchema: ANALYSIS_RESPONSE_SCHEMA,
  };
  const outcome = await retrying(
    { deadline, signal: this.getExecutionCancelSignal() },
    async () =>
      await requestGemini.call(this, {
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
  if (!outcome.reached || outcome.status !== 200) throw geminiFailure(outcome, model);
  return generation(outcome.body);
}

function generation(body: unknown): Generation {
  const finish = readText(body, 'candidates', 0, 'finishReason');
  const blocked =
    readText(body, 'promptFeedback', 'blockReason') ||
    (readList(body, 'candidates').length === 0 && 'no candidates') ||
    (REFUSALS.some((reason) => reason === finish) && finish);
  if (typeof blocked === 'string') {
    throw new JobFailed('model_refused', `Gemini refused the material: ${blocked}.`, {
      retryable: false,
      advice: "Look for what Google's filters may object to in the material's text.",
    });
  }
  const parts = readList(body, 'candidates', 0, 'content', 'parts');
  return {
    text: parts
      .filter((part) => read(part, 'thought') !== true)
      .map((part) => readText(part, 'text'))
      .join(''),
    cut: finish === CUT,
    usage: {
      promptTokens: readCount(body, 'usageMetadata', 'promptTokenCount'),
      outputTokens:
        readCount(body, 'usageMetadata', 'candidatesTokenCount') +
        readCount(body, 'usageMetadata', 'thoughtsTokenCount'),
      totalTokens: readCount(body, 'usageMetadata', 'totalTokenCount'),
    },
  };
}
