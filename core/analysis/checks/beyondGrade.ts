import type { Level } from '../../material/index.ts';
import { ceilingOf, gradeOf, longWordsIn, LEAST_WORDS_FOR_GRADE } from '../text/readability.ts';
import { sentencesOf } from '../text/words.ts';
import { refuse, review, textsOf, type Answer, type AnswerText, type Fault } from './answer.ts';

/** A sentence of so many times the ceiling is refused; a little longer, a person decides. */
const TOO_LONG = 1.25;

/**
 * Texts that pupils read stay under the ceiling of their Fase: the longest sentence, long words, and from 100
 * words on the grade by formula. It never says that a text is too easy.
 */
export function beyondGrade({ analysis }: Answer): Fault[] {
  const { level } = analysis.classification;
  const texts = textsOf(analysis).filter(({ part }) => part === 'pupil');
  return [...texts.flatMap((text) => longSentences(text, level)), ...wholeOf(texts, level)];
}

function longSentences({ path, text }: AnswerText, level: Level): Fault[] {
  const ceiling = ceilingOf(level);
  const most = Math.max(0, ...sentencesOf(text).map(wordCount));
  if (most <= ceiling.sentence) return [];
  const message = {
    id: `Ada kalimat ${most} kata; untuk ${level} paling banyak ${ceiling.sentence} kata. Pecah kalimatnya.`,
    en: `A sentence has ${most} words. For ${level} at most ${ceiling.sentence} are readable.`,
  };
  return [most > ceiling.sentence * TOO_LONG ? refuse(path, message) : review(path, message)];
}

/** The summary for pupils and the stems together. A single stem is too short for a formula. */
function wholeOf(texts: readonly AnswerText[], level: Level): Fault[] {
  const [summary, ...others] = texts;
  if (summary === undefined) return [];
  const stems = others.filter(({ path }) => path.endsWith('.stem')).map(({ text }) => text);
  const whole = [summary.text, ...stems].join('\n');
  const ceiling = ceilingOf(level);
  const { count, share } = longWordsIn(whole);
  const faults: Fault[] = [];
  if (wordCount(whole) >= LEAST_WORDS_FOR_GRADE && gradeOf(whole) > ceiling.grade) {
    faults.push(
      refuse(summary.path, {
        id: `Teks untuk murid terlalu sulit bagi ${level}. Pakai kalimat dan kata yang lebih pendek.`,
        en: `The texts for pupils are above the readability ceiling of ${level}.`,
      }),
    );
  }
  if (count >= 3 && share > ceiling.longWords) {
    faults.push(
      review(summary.path, {
        id: `Terlalu banyak kata panjang bagi ${level}. Pakai kata yang lebih pendek.`,
        en: `Too many words of five syllables and more for ${level}.`,
      }),
    );
  }
  return faults;
}

function wordCount(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
