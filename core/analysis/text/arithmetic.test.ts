import { describe, expect, it } from '@jest/globals';
import { equationsOf, valueOf } from './arithmetic.ts';

describe('The value of an option', () => {
  it.each([
    ['10 + 3', 13],
    ['0,5', 0.5],
    ['1/2', 0.5],
    ['50%', 0.5],
    ['1.000', 1_000],
    ['2 x (3 + 4)', 14],
    ['-2 × 3', -6],
    ['7 : 2', 3.5],
  ])('of %p is %p', (text, value) => {
    expect(valueOf(text)).toBe(value);
  });

  it.each(['merah', '13 kelereng', '(', '1 +', '2 3', '', '1/0', 'x', '('.repeat(80)])(
    'is none for %p',
    (text) => {
      expect(valueOf(text)).toBeUndefined();
    },
  );
});

describe('The equations of a text', () => {
  it('are found between words, and each one is checked', () => {
    expect(equationsOf('9 + 1 = 10, lalu 10 + 3 = 14.')).toEqual([
      { text: '9 + 1 = 10', isTrue: true },
      { text: '10 + 3 = 14', isTrue: false },
    ]);
  });

  it.each([
    '200 - 180 = 20, lalu 20 / 200 = 10%.',
    '10 : 3 = 3,33',
    '2 x 3 = 6',
    '1/2 + 1/4 = 3/4',
  ])('are true in %p', (text) => {
    const found = equationsOf(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ isTrue }) => !isTrue)).toEqual([]);
  });

  it.each([
    'cos 60 = 0,5',
    '2x + 3 = 7',
    '7 : 2 = 3 sisa 1',
    '2 m + 30 cm = 230 cm',
    'f(2) + 1 = 9',
  ])('leave out %p, whose meaning is not certain', (text) => {
    expect(equationsOf(text)).toEqual([]);
  });
});
