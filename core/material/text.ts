/** Blanks that people paste without seeing them: no-break spaces, zero-width characters, BOM. */
const EDGE_BLANKS = /^[\s\u00a0\u200b-\u200d\u2060\ufeff]+|[\s\u00a0\u200b-\u200d\u2060\ufeff]+$/gu;

/** The text without blanks round it, seen or unseen; what is inside is kept to the letter. */
export function trimBlanks(text: string): string {
  return text.replace(EDGE_BLANKS, '');
}

/** The form in which two texts are compared: trimmed, composed (NFC), line ends as `\n`. */
export function comparable(text: string): string {
  return trimBlanks(text).normalize('NFC').replace(/\r\n?/g, '\n');
}

/** The form in which headers and vocabulary are matched: also without case, and with `_` and `-` as blanks. */
export function foldCase(text: string): string {
  return comparable(text)
    .replace(/[\u200b-\u200d\u2060\ufeff]/gu, '')
    .replace(/[\s\u00a0_-]+/gu, ' ')
    .toLowerCase();
}

const CELL_ERROR = /^(#(REF|N\/A|NAME\?|VALUE|DIV\/0|NUM|NULL|ERROR)!?|Loading\.\.\.)$/;

/**
 * What a cell shows while its formula fails or is still computed. Never a value: to take it for one
 * would write the error into the catalog.
 */
export function isCellError(text: string): boolean {
  return CELL_ERROR.test(text.trim());
}
