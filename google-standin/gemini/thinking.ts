import { invalid } from '../http/googleError.ts';
import type { TextModel, ThinkingLevel } from './models.ts';
import type { ThinkingConfig } from './request.ts';

/**
 * The share of the prompt's tokens that a model thinks with at each level. The shares are not
 * measured.
 */
const SHARES: Readonly<Record<ThinkingLevel, number>> = {
  MINIMAL: 0,
  LOW: 0.1,
  MEDIUM: 0.2,
  HIGH: 0.5,
};

/**
 * The tokens that a model thinks with before it answers.
 *
 * @throws GoogleError 400 in Google's words for a level that the model does not take
 */
export function thoughtTokens(
  model: TextModel,
  { thinkingLevel, thinkingBudget }: ThinkingConfig,
  promptTokens: number,
): number {
  if (thinkingLevel !== undefined && thinkingBudget !== undefined) {
    throw invalid('You can only set only one of thinking budget and thinking level.');
  }
  if (thinkingLevel !== undefined && !model.levels.includes(thinkingLevel)) {
    throw invalid(
      `Thinking level ${thinkingLevel} is not supported for this model. Please retry with other thinking level.`,
    );
  }
  const share = SHARES[thinkingLevel ?? model.default];
  const wanted = share === 0 ? 0 : 60 + Math.round(promptTokens * share);
  const limited = thinkingBudget !== undefined && thinkingBudget >= 0;
  return limited ? Math.min(wanted, thinkingBudget) : wanted;
}
