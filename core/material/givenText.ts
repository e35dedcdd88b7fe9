import * as z from 'zod/v4-mini';
import { isReadable, trimBlanks } from './text.ts';

/** The most characters of a cell in Google Sheets. */
export const CELL_LIMIT = 50_000;

/**
 * A text from outside, kept exactly as it is. Its length is checked before anything else reads it.
 *
 * NUL and lone surrogates (halves of a character) are refused, for PostgreSQL cannot store them.
 * Other control characters are kept, as Django's text fields do.
 *
 * @param most and `least`: how many characters it may have
 */
export function givenText(most: number, least = 0) {
  return z.string().check(
    z.maxLength(most, { error: `must have at most ${most} characters`, abort: true }),
    z.refine(isReadable, {
      error: 'holds a character that cannot be stored (U+0000 or a lone surrogate). Type it again',
      abort: true,
    }),
    z.minLength(least, 'must not be empty'),
  );
}

/** A given text without blanks at its ends. `least` counts the characters after trimming. */
export function trimmedText(most: number, least = 0) {
  return z.pipe(
    z.pipe(givenText(most), z.transform(trimBlanks)),
    z.string().check(z.minLength(least, 'must not be empty')),
  );
}
