/** A blank that people see, or paste without seeing it: no-break spaces, zero-width characters, BOM. */
const BLANK = /[\s\u200b-\u200d\u2060]/;

/**
 * The text without blanks around it, visible or not. Blanks inside the text are kept.
 *
 * It is a loop, because a regular expression for the blanks at the end also tries every run inside the
 * text. 50,000 blanks took 2.7 s.
 */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.test(text.charAt(start))) start += 1;
  while (end > start && BLANK.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** No language puts more marks on one letter (Unicode UAX #15, Stream-Safe Text Format: 30). */
const MANY_MARKS = /\p{M}{31}/u;

/**
 * The form in which two texts are compared: trimmed, composed (NFC), line ends as `\n`.
 *
 * A letter with more than 30 marks is not composed. To sort its marks takes quadratic time: 50,000
 * of them took 1.7 s.
 */
export function comparable(text: string): string {
  const trimmed = trimBlanks(text);
  const composed = MANY_MARKS.test(trimmed) ? trimmed : trimmed.normalize('NFC');
  return composed.replace(/\r\n?/g, '\n');
}

/** The form in which headers and vocabulary are matched: also without case, and with `_` and `-` as blanks. */
export function foldCase(text: string): string {
  return comparable(text)
    .replace(/[\u200b-\u200d\u2060\ufeff]/gu, '')
    .replace(/[\s\u00a0_-]+/gu, ' ')
    .toLowerCase();
}

/** Whether PostgreSQL, JSON and UTF-8 can hold the text: it has no NUL and no half of a character. */
export function isReadable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** The text with U+FFFD (the replacement character) for each NUL and each half of a character. */
export function readable(text: string): string {
  return isReadable(text) ? text : text.replaceAll('\0', '\ufffd').toWellFormed();
}

/** The first characters of a text, without half of a character at the end. */
export function beginning(text: string, most: number): string {
  const cut = text.slice(0, most);
  return text.length > most ? cut.replace(/[\ud800-\udbff]$/, '') : cut;
}

const CELL_ERROR = /^(#(REF|N\/A|NAME\?|VALUE|DIV\/0|NUM|NULL|ERROR)!?|Loading\.\.\.)$/;

/**
 * Whether a text is a cell's error, or the text that a cell shows while Google computes its formula. It must
 * not be read as a value: the error would get into the catalog.
 */
export function isCellError(text: string): boolean {
  return CELL_ERROR.test(text.trim());
}
