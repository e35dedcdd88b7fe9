import { foldCase } from '../../material/index.ts';
import { ENGLISH, INDONESIAN, MALAY, MALAY_TOO } from '../text/vocabulary.ts';
import { includesWords, searchable, withoutQuotations, wordsOf } from '../text/words.ts';
import { refuse, review, textsOf, type Answer, type AnswerText, type Fault } from './answer.ts';

/** Shorter texts have too few words of grammar to tell a language. */
const LEAST_WORDS = 6;
/** A text of so many words without one word of Indonesian grammar is seldom Indonesian. */
const MANY_WORDS = 12;

/** Bahasa Inggris, Bahasa Jawa and so on: pupils' texts may be in the language that they learn. */
const LANGUAGE_SUBJECT = /^bahasa (?!indonesia)/u;
const ALWAYS_INDONESIAN = /^(?:summary\.teacher|objectives|missing)/u;

/**
 * Every text is Indonesian by its words of grammar, and has no two words that only Malay has. In a language
 * subject this holds for the teacher's texts. Quotations, and a claim that copies
 * the material, may be in another.
 */
export function wrongLanguage({ analysis, searched }: Answer): Fault[] {
  const isExempt = LANGUAGE_SUBJECT.test(foldCase(analysis.classification.subject));
  return textsOf(analysis)
    .filter(({ path }) => !isExempt || ALWAYS_INDONESIAN.test(path))
    .filter(
      ({ part, text }) =>
        part !== 'claim' ||
        !Object.values(searched).some((field) => includesWords(field, searchable(text))),
    )
    .flatMap(faultsOf);
}

function faultsOf({ path, text }: AnswerText): Fault[] {
  const words = wordsOf(withoutQuotations(text));
  if (words.length < LEAST_WORDS) return [];
  const indonesian = countOf(words, INDONESIAN);
  const english = countOf(words, ENGLISH);
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
