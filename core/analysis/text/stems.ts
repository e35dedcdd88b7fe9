/** A prefix, and the letters that it may have replaced: `men` + `tulis` is `menulis`. */
const PREFIXES: ReadonlyArray<readonly [prefix: string, replaced: readonly string[]]> = [
  ['meny', ['s']],
  ['meng', ['', 'k']],
  ['mem', ['', 'p']],
  ['men', ['', 't']],
  ['me', ['']],
  ['peny', ['s']],
  ['peng', ['', 'k']],
  ['pem', ['', 'p']],
  ['pen', ['', 't']],
  ['per', ['']],
  ['pe', ['']],
  ['memper', ['']],
  ['ber', ['']],
  ['be', ['']],
  ['ter', ['']],
  ['di', ['']],
  ['diper', ['']],
  ['ke', ['']],
  ['se', ['']],
];
const SUFFIXES = ['nya', 'lah', 'kah', 'pun', 'ku', 'mu', 'kan', 'an', 'i'];
const LEAST_LETTERS = 3;
const LONGEST_WORD = 40;

/**
 * The forms that a word may be derived from, the word itself included. Two words belong together if they
 * share a form: `mengamati` and `amati`, `perubahan` and `berubah`.
 */
export function stemsOf(word: string): ReadonlySet<string> {
  if (word.length > LONGEST_WORD) return new Set([word]);
  const endings = [word, ...withoutSuffix(word), ...withoutSuffix(word).flatMap(withoutSuffix)];
  return new Set(endings.flatMap((form) => [form, ...withoutPrefix(form)]));
}

function withoutSuffix(word: string): string[] {
  return SUFFIXES.filter((suffix) => word.endsWith(suffix))
    .map((suffix) => word.slice(0, -suffix.length))
    .filter((form) => form.length >= LEAST_LETTERS);
}

function withoutPrefix(word: string): string[] {
  return PREFIXES.filter(([prefix]) => word.startsWith(prefix))
    .flatMap(([prefix, replaced]) => replaced.map((letter) => letter + word.slice(prefix.length)))
    .filter((form) => form.length >= LEAST_LETTERS);
}

/** The stems of several words together. */
export function stemsOfAll(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.flatMap((word) => [...stemsOf(word)]));
}

/** The words of which a form is among the stems. */
export function wordsAmong(words: readonly string[], stems: ReadonlySet<string>): string[] {
  return words.filter((word) => [...stemsOf(word)].some((stem) => stems.has(stem)));
}
