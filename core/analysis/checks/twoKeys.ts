import type { Analysis } from '../schema.ts';
import { valueOf } from '../text/arithmetic.ts';
import { searchable } from '../text/words.ts';
import { refuse, type Answer, type Fault } from './answer.ts';

type Item = Analysis['quiz'][number];

/**
 * A single choice has one key, a multiple choice two or more and a wrong option. Options differ in text and in
 * value: `13` and `10 + 3` are two keys. Code does not see two true statements.
 */
export function twoKeys({ analysis }: Answer): Fault[] {
  return analysis.quiz.flatMap((item, index) => {
    const path = `quiz.${index}.options`;
    const keys = item.options.filter(({ correct }) => correct).length;
    if (item.form === 'PG' && keys !== 1) {
      return refuse(path, {
        id: `Soal PG harus punya tepat satu kunci, dan soal ini punya ${keys}.`,
        en: `A single choice needs exactly one key. This item has ${keys}.`,
      });
    }
    if (item.form === 'PGK' && (keys < 2 || keys === item.options.length)) {
      return refuse(path, {
        id: `Soal PGK harus punya dua kunci atau lebih dan satu pengecoh, dan soal ini punya ${keys} kunci.`,
        en: `A multiple choice needs two keys or more and a wrong option. This item has ${keys} keys.`,
      });
    }
    return hasEqualOptions(item)
      ? refuse(path, {
          id: 'Dua pilihan sama isinya atau sama nilainya. Ganti salah satunya.',
          en: 'Two options have the same text or the same value.',
        })
      : [];
  });
}

function hasEqualOptions({ options }: Item): boolean {
  const texts = options.map(({ text }) => searchable(text).replace(/[.!?]$/u, ''));
  if (new Set(texts).size < texts.length) return true;
  const values = texts.map(valueOf).filter((value) => value !== undefined);
  return values.some((value, at) =>
    values.slice(at + 1).some((other) => Math.abs(value - other) <= 1e-9 * Math.abs(value)),
  );
}
