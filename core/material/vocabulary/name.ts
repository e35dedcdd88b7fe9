import { foldCase } from '../text.ts';

/** No name in the vocabulary is longer. A longer text is not looked up. */
const LONGEST_NAME = 100;

/** The form in which names are looked up. Example: `Bhs.Indonesia` and `bhs  indonesia` are equal. */
function folded(name: string): string {
  return foldCase(
    name
      .replace(/['’‘`´ʼ]/gu, '')
      .replace(/&/gu, ' dan ')
      .replace(/[.,]/gu, ' '),
  );
}

/**
 * Makes a look-up of names.
 *
 * @param names each catalog name with its other names
 * @returns a function that gives the catalog name of a text, undefined for an unknown text
 */
export function nameFinder<Name extends string>(
  names: Iterable<readonly [Name, readonly string[]]>,
): (text: string) => Name | undefined {
  const found = new Map<string, Name>();
  for (const [name, others] of names) {
    for (const each of [name, ...others]) found.set(folded(each), name);
  }
  return (text) => (text.length > LONGEST_NAME ? undefined : found.get(folded(text)));
}
