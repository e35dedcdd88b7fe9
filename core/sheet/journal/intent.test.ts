import { describe, expect, it } from '@jest/globals';
import { intentPieces } from './intent.ts';

describe('The pieces of an intent', () => {
  it.each([
    ['begin with half a character', '\u{1F600}', 1],
    ['begin with a quote, which Google may drop', "'", 0],
  ])('never %s', (_, mark, half) => {
    const text = 'a'.repeat(40_000 - half) + mark + 'b'.repeat(50_000);
    const pieces = intentPieces(text);
    expect(pieces.join('')).toBe(text);
    expect(pieces.filter((piece) => /^[\uDC00-\uDFFF']/.test(piece))).toEqual([]);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(40_000);
  });
});
