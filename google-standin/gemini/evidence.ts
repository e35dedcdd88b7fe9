import { commandsIn, type Analysis } from '../../core/analysis/index.ts';
import { trimBlanks } from '../../core/material/index.ts';
import { sentencesOf, upTo, wordsOf } from './words.ts';
import type { Material } from './written/material.ts';
import type { Evidence } from './written/index.ts';

const MOST = 3;
const LEAST_WORDS = 4;
const LONGEST_QUOTE = 300;

/**
 * Quotes of the description, letter for letter, each with the claim that it shows. Where a person has written
 * no claim, the claim says what the quote says.
 */
export function evidenceOf(
  { description }: Material,
  written: readonly Evidence[] = [],
): Analysis['evidence'] {
  const commands = commandsIn(description);
  const isOrder = (text: string) =>
    commands.some((command) => text.includes(command) || command.includes(text));
  const found = written.length > 0 ? written : sentencesOf(description).map(asClaim);
  return found
    .filter(({ quote }) => wordsOf(quote).length >= LEAST_WORDS && isWhole(quote, description))
    .filter(({ quote }) => !isOrder(quote))
    .slice(0, MOST)
    .map(({ claim, quote }, index) => ({
      id: `e${index + 1}`,
      field: 'description',
      quote,
      claim,
    }));
}

function asClaim(sentence: string): Evidence {
  const quote = trimBlanks(upTo(trimBlanks(sentence), LONGEST_QUOTE));
  return { claim: quote, quote };
}

/** Whether the quote does not end within a word of the description. */
function isWhole(quote: string, description: string): boolean {
  const at = description.indexOf(quote);
  const around = [description[at - 1], description[at + quote.length]];
  return at >= 0 && around.every((letter = ' ') => !/[\p{L}\p{N}\p{M}]/u.test(letter));
}
