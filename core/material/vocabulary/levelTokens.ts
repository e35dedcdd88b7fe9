import { comparable } from '../text.ts';

/** How people write a class: `7`, `VII`, `tujuh`. */
export type ClassForm = 'digits' | 'roman' | 'word';
export type School = 'sd' | 'smp' | 'sma';

/** A part of a text about levels. Words without a meaning, such as `murid`, give no token. */
export type LevelToken =
  /** `Kelas` or `Fase`: the next values are of this kind. `Semester`: they are not levels. */
  | { readonly kind: 'mark'; readonly of: 'class' | 'phase' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'number'; readonly value: number; readonly form: ClassForm }
  | { readonly kind: 'letter'; readonly letter: string }
  | { readonly kind: 'fondasi' }
  | { readonly kind: 'school'; readonly school: School }
  | { readonly kind: 'link'; readonly link: Link }
  /** A branch of study, such as `TKJ` in `X TKJ 2`. */
  | { readonly kind: 'branch' }
  | { readonly kind: 'word' };

/** What is between two values: `7-9`, `7/8`, `7, 8`, `Fase C (5)`. */
export type Link = 'none' | 'range' | 'slash' | 'list' | 'bracket';

/** No level is longer: `Fase B (Kelas III-IV) dan Fase C (Kelas V-VI), Semester Ganjil` has 62 characters. */
const LONGEST = 100;

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];
const NUMBER_WORDS = [
  ...['satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan', 'sepuluh'],
  'sebelas',
];

const token = (words: string, meaning: LevelToken) =>
  words.split(' ').map((word) => [word, meaning] as const);

const WORDS: ReadonlyMap<string, LevelToken> = new Map([
  ...token('fase phase', { kind: 'mark', of: 'phase' }),
  ...token('kelas kls kl class grade tingkat', { kind: 'mark', of: 'class' }),
  ...token('semester smt sem ganjil genap gasal', { kind: 'skip' }),
  ...token('fondasi pondasi foundation paud tk ra tklb kb', { kind: 'fondasi' }),
  ...token('sd mi sdlb', { kind: 'school', school: 'sd' }),
  ...token('smp mts smplb', { kind: 'school', school: 'smp' }),
  ...token('sma smk ma mak smalb', { kind: 'school', school: 'sma' }),
  ...token('sampai hingga to', { kind: 'link', link: 'range' }),
  ...token('dan atau serta and or', { kind: 'link', link: 'list' }),
  ...token(
    'ipa ips mipa iis bahasa agama keagamaan tkj tjkt rpl pplg dkv akl otkp mplb bdp tkr tkro tsm ' +
      'tbsm tpm tp titl tav tei tkp dpib ph tb busana kuliner farmasi atph aphp nkpi',
    { kind: 'branch' },
  ),
]);

/** Words that may stand before a level or between two, and say nothing of it. */
const FILLERS = new Set('untuk murid siswa jenjang level semua peserta didik umum'.split(' '));

const LINKS: ReadonlyMap<string, Link> = new Map([
  ...['-', '–', '—', '−', '~'].map((sign) => [sign, 'range'] as const),
  ['/', 'slash'],
  ...[',', ';', '&', '+'].map((sign) => [sign, 'list'] as const),
  ['(', 'bracket'],
]);

/** Words that are written as two, or with signs. */
const AS_ONE: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bs ?[./] ?d\b\.?/giu, '-'],
  [/\bdua ?belas\b/giu, '12'],
  [/\btaman kanak ?-? ?kanak\b|\bkelompok (?:bermain|[ab])\b/giu, 'tk'],
  [/\bpaket a\b/giu, 'sd'],
  [/\bpaket b\b/giu, 'smp'],
  [/\bpaket c\b/giu, 'sma'],
];

/** A class and its group in one word: `VIIA`. In small letters, it could be another word. */
const CLASS_WITH_GROUP = /^(I{2,3}|IV|VI{0,3}|IX|XI{0,2})[A-H]$/;

/** Splits a text about levels. An overlong text gives no token. */
export function levelTokens(text: string): LevelToken[] {
  if (text.length > LONGEST) return [];
  const plain = AS_ONE.reduce((all, [from, to]) => all.replace(from, to), comparable(text));
  // A combining mark belongs to its letter; a sign without a meaning is left out.
  const parts = plain.match(/[\p{L}\p{M}]+|\d+|[-–—−~/,;&+(]/gu) ?? [];
  return parts.flatMap((part) => tokenOf(part) ?? []);
}

function tokenOf(part: string): LevelToken | null {
  const link = LINKS.get(part);
  if (link !== undefined) return { kind: 'link', link };
  if (/^\d/.test(part)) return { kind: 'number', value: Number(part), form: 'digits' };
  const word = part.toLowerCase();
  if (FILLERS.has(word)) return null;
  const known = WORDS.get(word);
  if (known !== undefined) return known;
  const [, group] = CLASS_WITH_GROUP.exec(part) ?? [];
  const roman = ROMAN.indexOf(group?.toLowerCase() ?? word) + 1;
  if (roman > 0) return { kind: 'number', value: roman, form: 'roman' };
  const spoken = NUMBER_WORDS.indexOf(word) + 1;
  if (spoken > 0) return { kind: 'number', value: spoken, form: 'word' };
  return word.length === 1 ? { kind: 'letter', letter: word } : { kind: 'word' };
}
