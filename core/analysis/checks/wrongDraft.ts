import type { MaterialText } from '../../material/index.ts';
import { wordsOf } from '../text/words.ts';
import { refuse, review, type Answer, type Fault } from './answer.ts';

/** A description with fewer words gives a draft only: a title alone would force the model to invent. */
export const LEAST_WORDS = 8;
/** From here on a draft is a surprise. */
const ENOUGH_WORDS = 60;

/** The lists that a draft leaves empty. */
const EMPTY = [
  'cp',
  'objectives',
  'profile',
  'keyConcepts',
  'misconceptions',
  'quiz',
  'safety',
] as const;

export function isThin({ description }: MaterialText): boolean {
  return wordsOf(description).length < LEAST_WORDS;
}

/**
 * Of a thin material the answer is a draft: it names what is missing and makes nothing for the lesson. Any other
 * answer has evidence, objectives and a quiz.
 */
export function wrongDraft({ analysis, material }: Answer): Fault[] {
  return analysis.status === 'draf' ? inDraft(analysis, material) : inWhole(analysis, material);
}

function inDraft(analysis: Answer['analysis'], material: MaterialText): Fault[] {
  const faults: Fault[] = EMPTY.filter((name) => analysis[name].length > 0).map((name) =>
    refuse(name, {
      id: 'Dalam draf daftar ini harus kosong.',
      en: 'A draft leaves this list empty.',
    }),
  );
  if (analysis.differentiation !== null) {
    faults.push(
      refuse('differentiation', {
        id: 'Dalam draf isinya harus null.',
        en: 'A draft has null here.',
      }),
    );
  }
  if (analysis.missing.length === 0) {
    faults.push(
      refuse('missing', {
        id: 'Sebutkan apa yang belum ada dalam materi.',
        en: 'A draft names what is missing in the material.',
      }),
    );
  }
  if (wordsOf(material.description).length >= ENOUGH_WORDS) {
    faults.push(
      review('status', {
        id: 'Analisis menyebut materi ini terlalu singkat, padahal deskripsinya panjang.',
        en: 'The analysis is a draft, and the material is long.',
      }),
    );
  }
  return faults;
}

function inWhole(analysis: Answer['analysis'], material: MaterialText): Fault[] {
  if (isThin(material)) {
    return [
      refuse('status', {
        id: 'Materi ini terlalu singkat. Jawab dengan status draf dan daftar yang kosong.',
        en: 'The material is too short for more than a draft.',
      }),
    ];
  }
  const lacking = (['evidence', 'objectives', 'quiz'] as const)
    .filter((name) => analysis[name].length === 0)
    .map((name) =>
      refuse(name, {
        id: 'Daftar ini tidak boleh kosong jika statusnya lengkap.',
        en: 'A complete analysis does not leave this list empty.',
      }),
    );
  const student =
    analysis.summary.student === ''
      ? [
          refuse('summary.student', {
            id: 'Ringkasan untuk murid tidak boleh kosong jika statusnya lengkap.',
            en: 'A complete analysis has a summary for pupils.',
          }),
        ]
      : [];
  return [...lacking, ...student];
}
