import { describe, expect, it } from '@jest/globals';
import { mostCells } from '../size.ts';

describe('How many cells one batch may write', () => {
  const long = 'a'.repeat(40_000);

  it('is 15,000 where all texts are short: 200 characters each', () => {
    expect(mostCells([['a', 'a'.repeat(200), 5, true]])).toBe(15_000);
    expect(mostCells([])).toBe(15_000);
    expect(mostCells(Array.from({ length: 300 }, () => ['a', 12]))).toBe(15_000);
  });

  it('is as many of the longest texts as 3,000,000 characters hold', () => {
    expect(mostCells(Array.from({ length: 80 }, () => [long]))).toBe(75);
  });

  it('counts a text of more than 200 characters', () => {
    expect(mostCells([['a'.repeat(201)]])).toBe(1 + Math.floor((3_000_000 - 201) / 200));
  });

  it('takes the longest texts first, in whatever order they are', () => {
    const short = Array.from({ length: 1_000 }, () => ['a'.repeat(500)]);
    const rows = [...short, ...Array.from({ length: 75 }, () => [long])];
    expect(mostCells(rows)).toBe(75);
  });

  it('counts short texts for what is left', () => {
    expect(mostCells(Array.from({ length: 70 }, () => [long]))).toBe(70 + 1_000);
  });
});
