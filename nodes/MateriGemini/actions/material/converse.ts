import type { Content } from '@google/generative-ai';
import type { IExecuteFunctions } from 'n8n-workflow';
import {
  analysisPrompt,
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
 * once.
 *
 * @throws ItemFailure if Gemini refuses, stays away, or has not answered usably by then
 */
export async function converse(
  node: IExecuteFunctions,
  material: MaterialText,
  terms: Terms,
): Promise<Conversation> {
  const { instruction, prompt } = analysisPrompt(material);
  const contents: Content[] = [said('user', prompt)];
  const usage: Usage = { promptTokens: 0, outputTokens: 0, totalTokens: 0, thoughtTokens: 0 };
  let { maxOutputTokens } = terms;
  let longer = false;
  let repaired = false;

  for (;;) {
    const answer: Generation = await generate(
      node,
      { ...terms, maxOutputTokens },
      { instruction, contents },
    );
    add(usage, answer.usage);

    if (answer.cut && !longer && maxOutputTokens < MOST_OUTPUT_TOKENS) {
      longer = true;
      maxOutputTokens = Math.min(maxOutputTokens * 2, MOST_OUTPUT_TOKENS);
      continue;
    }
    const checked = checkAnalysis(answer.text, material);
    if (checked.ok) {
      const { analysis, hasReplaced } = checked;
      return { analysis, hasReplaced, usage, modelVersion: answer.modelVersion };
    }
    if (answer.cut) throw notUsable(cutOff(maxOutputTokens, answer.usage), checked.issues);
    if (repaired) throw notUsable('is not valid, also after its repair', checked.issues);
    repaired = true;
    contents.push(said('model', answer.text || '{}'), said('user', repairPrompt(checked.issues)));
  }
}

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

function notUsable(what: string, issues: readonly Issue[]): ItemFailure {
  const list = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return new ItemFailure('answer_invalid', `Gemini's answer ${what}. ${list.join(' ')}`, {
    retryable: true,
    advice: 'Try again, raise Max Output Tokens, lower Thinking Level, or choose a larger model.',
  });
}
