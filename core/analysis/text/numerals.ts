import { wordsOf } from './words.ts';

const UNITS = new Map(
  'satu dua tiga empat lima enam tujuh delapan sembilan'
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
);
/** Number words of ten and more that stand for themselves. */
const WHOLE = new Map([
  ['sepuluh', 10],
  ['sebelas', 11],
  ['seratus', 100],
  ['seribu', 1_000],
]);
const SCALES = new Map([
  ['puluh', 10],
  ['ratus', 100],
  ['ribu', 1_000],
  ['juta', 1_000_000],
]);

/**
 * The numerals of a text in one form: `1.000` is `1000`, `0,5` is `0.5`, `07` is `7`. A digit after a letter
 * belongs to a name (`CO2`), and is no numeral, except in an amount of rupiah (`Rp14.000`).
 */
export function numeralsOf(text: string): string[] {
  return (text.match(/(?:(?<![\p{L}\d.,/:])|(?<=(?<!\p{L})Rp))\d+(?:[.,/:]\d+)*/gu) ?? []).map(
    inOneForm,
  );
}

function inOneForm(numeral: string): string {
  const whole = /^\d{1,3}(?:\.\d{3})+$/.test(numeral) ? numeral.replaceAll('.', '') : numeral;
  return whole
    .replaceAll(',', '.')
    .split(/(?=[./:])/u)
    .map((part, at) =>
      at === 0 || !part.startsWith('.') ? part.replace(/^([/:]?)0+(?=\d)/u, '$1') : part,
    )
    .join('');
}

/** The numbers that a text writes in words, from ten on: `dua belas` is `12`. Small ones are too common. */
export function numberWordsOf(text: string): string[] {
  return valuesOf(wordsOf(text))
    .filter((value) => value >= 10)
    .map(String);
}

/** Every number that a report may take from a text: numerals, their parts, number words, Roman numerals. */
export function numbersIn(text: string): ReadonlySet<string> {
  const numerals = numeralsOf(text);
  return new Set([
    ...numerals,
    ...numerals.flatMap((numeral) => numeral.split(/[/:]/u)),
    ...valuesOf(wordsOf(text)).map(String),
    ...romanIn(text).map(String),
  ]);
}

/** The values of the number words in a text: `dua puluh lima` is 25. */
function valuesOf(words: readonly string[]): number[] {
  const values: number[] = [];
  let [thousands, hundreds, unit] = [0, 0, 0];
  for (const word of [...words, '']) {
    const scale = SCALES.get(word);
    const next = UNITS.get(word) ?? WHOLE.get(word);
    if (next !== undefined && unit === 0) unit = next;
    else if (word === 'belas' && unit > 0) unit += 10;
    else if (scale !== undefined && scale < 1_000 && unit > 0) {
      hundreds += unit * scale;
      unit = 0;
    } else if (scale !== undefined && hundreds + unit > 0) {
      thousands += (hundreds + unit) * scale;
      [hundreds, unit] = [0, 0];
    } else {
      const value = thousands + hundreds + unit;
      if (value > 0) values.push(value);
      [thousands, hundreds, unit] = [0, 0, next ?? 0];
    }
  }
  return values;
}

const ROMAN = new Map([
  ['I', 1],
  ['V', 5],
  ['X', 10],
  ['L', 50],
]);

function romanIn(text: string): number[] {
  return (text.match(/(?<![\p{L}\p{N}])[IVXL]{1,7}(?![\p{L}\p{N}])/gu) ?? []).map((numeral) =>
    Array.from(numeral).reduce((sum, letter, at) => {
      const value = ROMAN.get(letter) ?? 0;
      return sum + (value < (ROMAN.get(numeral[at + 1] ?? '') ?? 0) ? -value : value);
    }, 0),
  );
}
