import type { Analysis } from '../schema.ts';
import { stemsOfAll, wordsAmong } from '../text/stems.ts';
import { contentWords } from '../text/vocabulary.ts';
import { searchable, wordsOf } from '../text/words.ts';
import { refuse, review, type Answer, type Fault } from './answer.ts';

type Item = Analysis['quiz'][number];

/** How much longer than every other option a key may be: a factor and a number of characters. */
const REFUSED = { factor: 1.6, characters: 20 };
const REVIEWED = { factor: 1.4, characters: 12 };

/** As many words of the stem in the key, and none of them in another option, give the key away. */
const ECHO_WORDS = 2;

/** `Semua benar`, `tidak ada jawaban yang benar`, `a dan b benar`. */
const ALL_OR_NONE =
  /^(?:semua|seluruh|kedua|tidak ada)(?: (?:jawaban|pilihan|pernyataan|opsi|yang|di|atas|tersebut|itu|adalah)){0,4} (?:benar|betul|salah|tepat)$|^(?:semua|seluruh)(?: \p{L}+){0,3} di atas(?: (?:benar|betul|salah|tepat))?$|^(?:semuanya|[a-e] dan [a-e])(?: (?:benar|betul|salah))?$/u;

/**
 * No option shows by its form that it is the key: by its length, by words of the stem, or as "semua benar".
 * Code does not see distractors that nobody would choose.
 */
export function revealingOptions({ analysis }: Answer): Fault[] {
  return analysis.quiz.flatMap((item, index) => {
    const path = `quiz.${index}.options`;
    if (item.options.some(({ text }) => ALL_OR_NONE.test(searchable(text).replace(/\.$/u, '')))) {
      return refuse(path, {
        id: 'Jangan memakai pilihan seperti "semua benar" atau "tidak ada yang benar".',
        en: 'An option such as "semua benar" is not allowed.',
      });
    }
    if (item.form !== 'PG') return [];
    if (hasLongKey(item, REFUSED)) return refuse(path, LONG_KEY);
    if (echoesStem(item)) {
      return refuse(path, {
        id: 'Hanya kunci yang mengulang kata dari pokok soal. Ubah kata-katanya.',
        en: 'Only the key repeats words of the stem.',
      });
    }
    return hasLongKey(item, REVIEWED) ? review(path, LONG_KEY) : [];
  });
}

const LONG_KEY = {
  id: 'Kunci jauh lebih panjang daripada pilihan lain. Samakan panjangnya.',
  en: 'The key is much longer than the other options.',
};

function hasLongKey({ options }: Item, { factor, characters }: typeof REFUSED): boolean {
  const others = Math.max(
    ...options.filter(({ correct }) => !correct).map(({ text }) => text.length),
  );
  return options.some(
    ({ correct, text }) =>
      correct && text.length >= others * factor && text.length >= others + characters,
  );
}

function echoesStem({ stem, options }: Item): boolean {
  const stems = stemsOfAll(contentWords(wordsOf(stem)));
  const echoes = (text: string) => wordsAmong(contentWords(wordsOf(text)), stems).length;
  return (
    options.some(({ correct, text }) => correct && echoes(text) >= ECHO_WORDS) &&
    options.every(({ correct, text }) => correct || echoes(text) === 0)
  );
}
