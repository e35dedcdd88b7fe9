import { beginning } from './text.ts';

/** No column has a longer name. To compare longer texts costs time and finds nothing. */
const LONGEST_COMPARED = 60;

/** A sheet has 10 to 30 columns; more than this many are not compared. */
const MOST_COMPARED = 200;

/** `MATERIAL_DECS` is two letters of 13 away from `MATERIAL_DESC`. */
const MOST_DIFFERENT = 0.25;

/**
 * Finds the name that a misspelt one most likely means.
 *
 * @returns undefined if no name differs in at most a quarter of its letters
 */
export function closest(name: string, names: readonly string[]): string | undefined {
  const text = name.toLowerCase();
  if (text === '' || text.length > LONGEST_COMPARED) return undefined;
  const likely = names
    .slice(0, MOST_COMPARED)
    .filter((other) => other !== '' && other.length <= LONGEST_COMPARED)
    .map((other) => ({
      other,
      share: distance(text, other.toLowerCase()) / Math.max(text.length, other.length),
    }))
    .filter(({ share }) => share <= MOST_DIFFERENT)
    .sort((a, b) => a.share - b.share);
  return likely[0]?.other;
}

/** Levenshtein's distance. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const MOST_LISTED = 20;

/** Names as one bounded text: at most 20, each cut at 60 characters. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).map(shortened).join(', ');
  return names.length > MOST_LISTED ? `${shown} and ${names.length - MOST_LISTED} more` : shown;
}

/** A name for an error message, cut at 60 characters. */
export function shortened(name: string): string {
  return name.length > LONGEST_COMPARED ? `${beginning(name, LONGEST_COMPARED - 1)}…` : name;
}
