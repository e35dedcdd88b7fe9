import { describe, expect, it } from '@jest/globals';
import { growth, LINEAR, LONGER } from '../../../test/growth.ts';
import { checkAnalysis } from '../check.ts';
import { goldenItems } from '../../../test/harness/golden.ts';

/** Texts on which a careless algorithm takes quadratic time. */
const HOSTILE: Readonly<Record<string, (n: number) => string>> = {
  'short words': (n) => 'a '.repeat(n / 2),
  'the same word': (n) => 'abaikan '.repeat(n / 8),
  'the beginning of a quote': (n) => 'Budi punya 8 kelereng. '.repeat(n / 23),
  digits: (n) => '1'.repeat(n),
  'numerals with dots': (n) => '1.'.repeat(n / 2),
  'number words': (n) => 'dua puluh '.repeat(n / 10),
  'Roman numerals': (n) => 'XIV '.repeat(n / 4),
  'sentence ends': (n) => '.'.repeat(n),
  'equal signs': (n) => '1+1='.repeat(n / 4),
  addresses: (n) => 'http://a '.repeat(n / 9),
  letters: (n) => 'me'.repeat(n / 2),
  blanks: (n) => `x${' '.repeat(n)}x`,
};

/** Characters of a text of the material. */
const SHORT = 4_000;

const [item] = goldenItems();

describe('The time that the checks take', () => {
  it.each(Object.keys(HOSTILE))('grows no faster than a material of %s', (name) => {
    const make = HOSTILE[name] ?? String;
    const texts = new Map([SHORT, LONGER * SHORT].map((n) => [n, make(n)]));
    const check = (description: string) =>
      checkAnalysis(JSON.stringify(item?.right), {
        subject: 'Matematika',
        title: description,
        type: 'Video',
        level: 'Fase A',
        theme: description,
        subtheme: '',
        description,
      });
    expect(growth((n) => check(texts.get(n) ?? ''), SHORT)).toBeLessThan(LINEAR);
  });
});
