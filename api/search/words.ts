import { FAMILIES } from './families.ts';

/** A query is read up to this many words. A word beyond its limit is cut. */
const MOST_WORDS = 10;
const LONGEST_WORD = 60;

/** Words that are in most texts, in Indonesian and English. They count only if nothing else is asked. */
const COMMON = new Set([
  ...['dan', 'di', 'ke', 'dari', 'yang', 'untuk', 'dengan', 'pada', 'atau', 'dalam', 'itu', 'ini'],
  ...['adalah', 'sebagai', 'oleh', 'agar', 'para', 'the', 'of', 'and', 'in', 'to', 'a', 'for'],
]);

const families = new Map(
  FAMILIES.flatMap((family) => family.map((word) => [word, family] as const)),
);

/** One word of a query. */
export interface QueryWord {
  /** Letters and digits in lower case. */
  readonly word: string;
  /** Words that mean the same to a search, `word` among them. */
  readonly family: readonly string[];
  /** The person may still be typing it: longer words that begin with it are found too. */
  readonly isPrefix: boolean;
}

/**
 * Reads a query. Everything but letters and digits separates words, as in `search_text` of migration 012.
 *
 * @param text has a length limit already
 */
export function queryWords(text: string): QueryWord[] {
  const all = (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).slice(0, MOST_WORDS);
  const telling = all.filter((word) => !COMMON.has(word));
  const words = telling.length > 0 ? telling : all;
  const isOpen = /[\p{L}\p{M}\p{N}]$/u.test(text.normalize('NFC'));
  return words.map((word, at) => ({
    word: word.slice(0, LONGEST_WORD),
    family: families.get(word) ?? [word.slice(0, LONGEST_WORD)],
    isPrefix: isOpen && at === words.length - 1,
  }));
}
