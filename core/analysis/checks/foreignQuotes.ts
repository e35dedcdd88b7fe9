import { TEXT_FIELDS } from '../../material/index.ts';
import { includesWords, searchable, wordsOf } from '../text/words.ts';
import { refuse, type Answer, type Fault } from './answer.ts';

const LEAST_WORDS = 4;

/** Every quote is in the material word for word, and has at least four words. Shorter ones prove nothing. */
export function foreignQuotes({ analysis, searched }: Answer): Fault[] {
  return analysis.evidence.flatMap(({ quote }, index) => {
    const path = `evidence.${index}.quote`;
    if (wordsOf(quote).length < LEAST_WORDS) {
      return refuse(path, {
        id: `Kutipan ini kurang dari ${LEAST_WORDS} kata. Kutip bagian yang lebih panjang.`,
        en: `This quote has fewer than ${LEAST_WORDS} words.`,
      });
    }
    const text = searchable(quote);
    if (TEXT_FIELDS.some((field) => includesWords(searched[field], text))) return [];
    return refuse(path, {
      id: 'Kutipan ini tidak ada dalam materi. Salin persis dari materi, atau hapus buktinya.',
      en: 'This quote is not in the material.',
    });
  });
}
