import { comparable } from '../../material/index.ts';
import type { Analysis } from '../schema.ts';
import { valueOf } from '../text/arithmetic.ts';
import { refuse, type Answer, type Fault } from './answer.ts';

type Item = Analysis['quiz'][number];

/**
 * A single choice has one key, a multiple choice two or more and a wrong option. Options differ in text and in
 * value: `13` and `10 + 3` are two keys, and so are `0,80 m` and `0,8 m`. Code does not see two true statements.
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
  const texts = options.map(({ text }) => inOneForm(comparable(text)));
  if (new Set(texts).size < texts.length) return true;
  const amounts = texts.map(amountOf);
  return amounts.some(
    (one, at) => one !== undefined && amounts.slice(at + 1).some((other) => isSame(one, other)),
  );
}

/**
 * A short option without its end mark and without the capital of a word. `UU` and `Uu` stay apart, and so do
 * whole sentences: an item on spelling may ask for just that.
 */
function inOneForm(text: string): string {
  if (text.split(' ').length > 3) return text;
  return text
    .replace(/[.!?]$/u, '')
    .replace(/(?<!\p{L})\p{Lu}(?=\p{Ll}{2})/gu, (letter) => letter.toLowerCase());
}

interface Amount {
  readonly value: number;
  /** Empty: the option has none, as where the stem names it. */
  readonly unit: string;
}

/** The value of arithmetic, or of a number with a unit or in rupiah. */
function amountOf(text: string): Amount | undefined {
  const [, number = text, unit = ''] =
    /^(?:Rp ?)?(\d[\d.,]{0,30}) ?((?:[\p{L}°][^\d]{0,20})?)$/u.exec(text) ?? [];
  const value = valueOf(number);
  return value === undefined ? undefined : { value, unit };
}

function isSame(one: Amount, other: Amount | undefined): boolean {
  if (other === undefined) return false;
  if (one.unit !== '' && other.unit !== '' && one.unit !== other.unit) return false;
  return Math.abs(one.value - other.value) <= 1e-9 * Math.abs(one.value);
}
