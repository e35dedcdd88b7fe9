import { describe, expect, it } from '@jest/globals';
import { FAMILIES } from './families.ts';
import { queryWords } from './words.ts';

const words = (text: string) => queryWords(text).map(({ word }) => word);

describe('The words of a query', () => {
  it.each<[string, string, readonly string[]]>([
    ['are letters and digits in lower case', 'Air, API & "Angin" 2!', ['air', 'api', 'angin', '2']],
    ['leave out common words', 'air dan api di rumah', ['air', 'api', 'rumah']],
    ['are common words if there are no others', 'dan yang', ['dan', 'yang']],
    ['are none in signs alone', " ' | & ! :* ( ) <-> \\ ", []],
    ['keep letters of other scripts', 'Ünïcode 水', ['ünïcode', '水']],
    [
      'are ten at most',
      'a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11',
      ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9', 'a10'],
    ],
  ])('%s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('cuts a word at 60 characters', () => {
    expect(words('x'.repeat(200))).toEqual(['x'.repeat(60)]);
  });

  it.each<[string, boolean]>([
    ['foto', true],
    ['foto ', false],
    ['air foto', true],
    ['foto?', false],
  ])('may be unfinished only at the end: "%s"', (text, isPrefix) => {
    expect(queryWords(text).at(-1)?.isPrefix).toBe(isPrefix);
  });

  it('adds the family of a word', () => {
    expect(queryWords('Menulis')[0]?.family).toContain('tulisan');
    expect(queryWords('xyz')[0]?.family).toEqual(['xyz']);
  });
});

it('has no word in two families', () => {
  const all = FAMILIES.flat();
  expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([]);
  expect(all.filter((word) => !/^[a-z]+$/.test(word))).toEqual([]);
});
