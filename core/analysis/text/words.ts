import { comparable, readable } from '../../material/index.ts';

/** The form in which a quote is searched: case, line breaks and kinds of quotation marks do not count. */
export function searchable(text: string): string {
  return comparable(readable(text))
    .toLowerCase()
    .replace(/[‘’`´]/gu, "'")
    .replace(/[“”«»]/gu, '"')
    .replace(/[‐-―−]/gu, '-')
    .replace(/\s+/gu, ' ');
}

/** The text without its quotations. A quotation mark without a partner hides nothing. */
export function withoutQuotations(text: string): string {
  const parts = text.split(/["“”]/u);
  return parts.length % 2 === 0 ? text : parts.filter((_, at) => at % 2 === 0).join(' ');
}

/** The words and numbers of a text in lower case. Both halves of `kupu-kupu` are words. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The sentences of a text, without the marks at their ends. `1.000` and `07.30` do not end a sentence. */
export function sentencesOf(text: string): string[] {
  return text.split(/[.!?](?=\s|$)|\n/u).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/**
 * Whether a text contains a part between two borders of words. Time grows with the sum of both lengths
 * (Knuth, Morris, Pratt); `includes` takes their product for texts such as `a a a a b`.
 */
export function includesWords(text: string, part: string): boolean {
  if (part === '') return false;
  const back = failures(part);
  let matched = 0;
  for (let at = 0; at < text.length; at += 1) {
    while (matched > 0 && text[at] !== part[matched]) matched = back[matched - 1] ?? 0;
    if (text[at] === part[matched]) matched += 1;
    if (matched < part.length) continue;
    if (!isInside(text, at + 1 - part.length) && !isInside(text, at + 1)) return true;
    matched = back[matched - 1] ?? 0;
  }
  return false;
}

/** For each beginning of a text: how long the longest end of it is that is also its beginning. */
function failures(text: string): number[] {
  const lengths = [0];
  let length = 0;
  for (let at = 1; at < text.length; at += 1) {
    while (length > 0 && text[at] !== text[length]) length = lengths[length - 1] ?? 0;
    if (text[at] === text[length]) length += 1;
    lengths.push(length);
  }
  return lengths;
}

/** Whether a word goes on across the place before the character at `at`. */
function isInside(text: string, at: number): boolean {
  return isLetter(text[at - 1]) && isLetter(text[at]);
}

function isLetter(character = ''): boolean {
  return /[\p{L}\p{N}\p{M}]/u.test(character);
}
