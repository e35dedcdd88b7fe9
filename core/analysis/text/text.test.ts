import { describe, expect, it } from '@jest/globals';
import { numbersIn, numberWordsOf, numeralsOf } from './numerals.ts';
import { stemsOf } from './stems.ts';
import { includesWords, searchable, sentencesOf } from './words.ts';

describe('A quote', () => {
  it.each([
    ['daun yang hijau', 'Daun yang\nhijau.', true],
    ['un yang hij', 'daun yang hijau', false],
    ['aab', 'aaab', false],
    ['a a b', 'a a a b', true],
    ['"daun" itu', '“Daun” itu', true],
  ])('%p is in %p: %p', (part, text, isIn) => {
    expect(includesWords(searchable(text), searchable(part))).toBe(isIn);
  });

  it('of repeated words is searched in time that grows with the lengths', () => {
    const began = performance.now();
    includesWords('a '.repeat(25_000), `${'a '.repeat(300)}b`);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('Numerals', () => {
  it('have one form', () => {
    expect(numeralsOf('1.000 dan 0,5 pada 07.30, kelas 7-9, CO2, 20%')).toEqual([
      '1000',
      '0.5',
      '7.30',
      '7',
      '9',
      '20',
    ]);
  });

  it('in words are read from ten on', () => {
    expect(
      numberWordsOf('dua belas, dua puluh lima, seratus, tiga anak, dua ribu tiga ratus'),
    ).toEqual(['12', '25', '100', '2300']);
  });

  it('of a source are also its small number words, its Roman numerals and parts of fractions', () => {
    expect([...numbersIn('Kelas VII, tiga anak, 2/4')].sort()).toEqual(['2', '2/4', '3', '4', '7']);
  });
});

describe('Stems', () => {
  it.each([
    ['mengamati', 'amati'],
    ['menulis', 'tulisan'],
    ['perubahan', 'berubah'],
    ['mengalikan', 'kali'],
    ['menyusun', 'disusun'],
    ['membaca', 'bacaan'],
    ['penjumlahan', 'menjumlahkan'],
  ])('of %p and %p share a form', (one, other) => {
    expect([...stemsOf(one)].some((stem) => stemsOf(other).has(stem))).toBe(true);
  });
});

it('Sentences do not end inside a number', () => {
  expect(sentencesOf('Pukul 07.30 mulai. Ada 1.000 orang!')).toHaveLength(2);
});
