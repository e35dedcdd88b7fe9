import type { Level } from '../../material/index.ts';
import { sentencesOf, withoutQuotations } from './words.ts';

interface Ceiling {
  /** The highest school grade that the formula may give. */
  readonly grade: number;
  /** Words in the longest sentence. */
  readonly sentence: number;
  /** Share of words with five syllables and more. */
  readonly longWords: number;
}

/** Ceilings by Fase. The formula's error is about one Fase, so it only refuses what is much too hard. */
const CEILINGS: Readonly<Record<Level, Ceiling>> = {
  // Nobody reads in PAUD; an adult reads such a text out.
  'Fase Fondasi': { grade: 3, sentence: 10, longWords: 0.05 },
  'Fase A': { grade: 3, sentence: 10, longWords: 0.05 },
  'Fase B': { grade: 5, sentence: 14, longWords: 0.06 },
  'Fase C': { grade: 7, sentence: 18, longWords: 0.08 },
  'Fase D': { grade: 10, sentence: 25, longWords: 0.14 },
  'Fase E': { grade: 11, sentence: 28, longWords: 0.18 },
  'Fase F': { grade: 13, sentence: 32, longWords: 0.2 },
};

export function ceilingOf(level: Level): Ceiling {
  return CEILINGS[level];
}

/** The formula needs at least this many words. */
export const LEAST_WORDS_FOR_GRADE = 100;

/**
 * The school grade of a text by Khadijah Rohani's formula for Malay: words a sentence, and syllables in 300
 * words. Quotations and formulas are left out.
 */
export function gradeOf(text: string): number {
  const words = lettersOf(text);
  const sentences = Math.max(1, sentencesOf(text).length);
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return (
    -13.988 + 0.3793 * (words.length / sentences) + 0.0207 * (300 * (syllables / words.length))
  );
}

const LONG_WORD = 5;

/** How many different words are long, and their share. A term that the lesson repeats counts once. */
export function longWordsIn(text: string): { readonly count: number; readonly share: number } {
  const words = new Set(lettersOf(text));
  const count = [...words].filter((word) => syllablesOf(word) >= LONG_WORD).length;
  return { count, share: words.size === 0 ? 0 : count / words.size };
}

/** The words that a pupil reads. A word said twice (`kupu-kupu`) is two words. */
function lettersOf(text: string): string[] {
  return (
    withoutQuotations(text)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  );
}

/** Vowels, less one for a diphthong at the end: `pantai` has two syllables. */
function syllablesOf(word: string): number {
  const vowels = word.match(/[aeiou]/gu)?.length ?? 0;
  return Math.max(1, /(?:ai|au|ei|oi)$/u.test(word) ? vowels - 1 : vowels);
}
