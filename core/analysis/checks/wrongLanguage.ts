import { ENGLISH, INDONESIAN, MALAY, MALAY_TOO } from '../text/vocabulary.ts';
import { includesWords, searchable, withoutQuotations, wordsOf } from '../text/words.ts';
import {
  isLanguageSubject,
  refuse,
  review,
  textsOf,
  type Answer,
  type AnswerText,
  type Fault,
} from './answer.ts';

/** Shorter texts have too few words of grammar to tell a language. */
const LEAST_WORDS = 6;
/** A text of so many words without one word of Indonesian grammar is seldom Indonesian. */
const MANY_WORDS = 12;

/** A term keeps the words of the material. */
const TERM = /^keyConcepts\.\d+\.term$/u;
const NONE: ReadonlySet<string> = new Set();
const ALWAYS_INDONESIAN = /^(?:summary\.teacher|objectives|missing)/u;

/**
 * Every text is Indonesian by its words of grammar, and has no two words that only Malay has. In a language
 * subject this holds for the teacher's texts. Quotations, terms, and a claim that copies the material, may be in
 * another.
 */
export function wrongLanguage({ analysis, searched }: Answer): Fault[] {
  const isExempt = isLanguageSubject(analysis.classification.subject);
  const taught = isExempt ? new Set(Object.values(searched).flatMap(wordsOf)) : NONE;
  return textsOf(analysis)
    .filter(({ path }) => !isExempt || ALWAYS_INDONESIAN.test(path))
    .filter(({ path }) => !TERM.test(path))
    .filter(
      ({ part, text }) =>
        part !== 'claim' ||
        !Object.values(searched).some((field) => includesWords(field, searchable(text))),
    )
    .flatMap((one) => faultsOf(one, taught));
}

/** @param taught words of the material that pupils learn: an Indonesian text may name them */
function faultsOf({ path, text }: AnswerText, taught: ReadonlySet<string>): Fault[] {
  const words = wordsOf(withoutQuotations(text));
  if (words.length < LEAST_WORDS) return [];
  const indonesian = countOf(words, INDONESIAN);
  const english = countOf(
    words.filter((word) => indonesian === 0 || !taught.has(word)),
    ENGLISH,
  );
  if (english >= 2 && english > indonesian) return [refuse(path, NOT_INDONESIAN)];
  const strong = countOf(words, MALAY);
  const weak = countOf(words, MALAY_TOO);
  if (strong >= 2 || (strong === 1 && weak >= 2)) {
    return [
      refuse(path, {
        id: 'Teks ini berbahasa Melayu. Tulis dalam bahasa Indonesia.',
        en: 'This text is Malay, not Indonesian.',
      }),
    ];
  }
  if (hasOtherScript(text)) return [refuse(path, NOT_INDONESIAN)];
  return words.length >= MANY_WORDS && indonesian === 0 ? [review(path, NOT_INDONESIAN)] : [];
}

const NOT_INDONESIAN = {
  id: 'Teks ini tidak berbahasa Indonesia. Tulis dalam bahasa Indonesia.',
  en: 'This text is not Indonesian.',
};

/** How many different words of a text are in a list. */
function countOf(words: readonly string[], list: ReadonlySet<string>): number {
  return new Set(words.filter((word) => list.has(word))).size;
}

/** More than half of the letters are of another script. */
function hasOtherScript(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters > 0 && latin * 2 < letters;
}
