import type { Content } from '@google/generative-ai';
import type { IExecuteFunctions } from 'n8n-workflow';
import {
  analysisPrompt,
  analysisResponseSchema,
  checkAnalysis,
  repairPrompt,
  type Analysis,
  type Issue,
  type MaterialText,
} from '../../../../core/index.ts';
import { ItemFailure } from '../../../shared/items/itemFailure.ts';
import { generate, type Generation, type Terms, type Usage } from '../../transport/generate.ts';
import { MOST_OUTPUT_TOKENS } from './options.ts';

interface Conversation {
  readonly analysis: Analysis;
  /** The faults that the repair left. Empty, or the item goes to a person. */
  readonly refused: readonly Issue[];
  /** What code cannot decide. */
  readonly review: readonly Issue[];
  /** The answer held characters that cannot be stored. */
  readonly hasReplaced: boolean;
  /** The tokens of all answers together. */
  readonly usage: Usage;
  /** The model that gave the last answer. */
  readonly modelVersion: string;
}

/**
 * Asks for the analysis of one material until an answer passes the checks: one that was cut off is
 * asked for again with twice the tokens, once; one that is wrong is sent back with what is wrong,
 * once. An answer with faults that remain is given back, if it has the form of an analysis.
 *
 * @throws ItemFailure if Gemini refuses, stays away, or gives no analysis
 */
export async function converse(
  node: IExecuteFunctions,
  material: MaterialText,
  terms: Terms,
): Promise<Conversation> {
  const { instruction, prompt } = analysisPrompt(material);
  const responseSchema = analysisResponseSchema(material);
  const contents: Content[] = [said('user', prompt)];
  const usage: Usage = { promptTokens: 0, outputTokens: 0, totalTokens: 0, thoughtTokens: 0 };
  let { maxOutputTokens } = terms;
  let longer = false;
  let repaired = false;

  for (;;) {
    const answer: Generation = await generate(
      node,
      { ...terms, maxOutputTokens },
      { instruction, contents, responseSchema },
    );
    add(usage, answer.usage);

    if (answer.cut && !longer && maxOutputTokens < MOST_OUTPUT_TOKENS) {
      longer = true;
      maxOutputTokens = Math.min(maxOutputTokens * 2, MOST_OUTPUT_TOKENS);
      continue;
    }
    const { analysis, refused, review, hasReplaced } = checkAnalysis(answer.text, material);
    const isLast = repaired || answer.cut;
    if (analysis !== undefined && (refused.length === 0 || isLast)) {
      const { modelVersion } = answer;
      return { analysis, refused, review, hasReplaced, usage, modelVersion };
    }
    if (answer.cut) throw notUsable(cutOff(maxOutputTokens, answer.usage), refused);
    if (repaired) throw notUsable(NOT_VALID, refused);
    repaired = true;
    contents.push(said('model', answer.text || '{}'), said('user', repairPrompt(refused)));
  }
}

export const NOT_VALID = 'is not valid, also after its repair';

function said(role: 'user' | 'model', text: string): Content {
  return { role, parts: [{ text }] };
}

function add(sum: Usage, more: Usage): void {
  sum.promptTokens += more.promptTokens;
  sum.outputTokens += more.outputTokens;
  sum.totalTokens += more.totalTokens;
  sum.thoughtTokens += more.thoughtTokens;
}

function cutOff(maxOutputTokens: number, { thoughtTokens }: Usage): string {
  const thinking = thoughtTokens > 0 ? `, of which the model used ${thoughtTokens} to think` : '';
  return `was cut off at ${maxOutputTokens} output tokens${thinking}`;
}

/** The error for an answer that cannot be used, with all its faults. */
export function notUsable(what: string, issues: readonly Issue[]): ItemFailure {
  const list = issues.map(({ path, message: { en } }) => (path === '' ? en : `${path}: ${en}`));
  return new ItemFailure('answer_invalid', `Gemini's answer ${what}. ${list.join(' ')}`, {
    retryable: true,
    advice: 'Try again, raise Max Output Tokens, lower Thinking Level, or choose a larger model.',
  });
}
