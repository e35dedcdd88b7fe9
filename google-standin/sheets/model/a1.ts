/** A1 notation: letters, references, and how Google writes a range in its answers. */

/** One corner of a reference; a column alone (`A:C`) has no row, a row alone (`1:3`) no column. */
export interface Corner {
  readonly column?: number;
  readonly row?: number;
  readonly columnFixed: boolean;
  readonly rowFixed: boolean;
}

export interface Area {
  readonly start: Corner;
  readonly end: Corner;
}

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** A → 0, AA → 26. */
export function columnIndex(letters: string): number {
  let index = 0;
  for (const letter of letters.toUpperCase()) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

const cornerPattern = /^(\$?)([A-Za-z]{1,3})?(\$?)([1-9][0-9]{0,7})?$/;

function parseCorner(text: string): Corner | null {
  const match = cornerPattern.exec(text);
  if (!match || (!match[2] && !match[4])) return null;
  const rowFixed = match[2] ? match[3] === '$' : match[1] === '$' || match[3] === '$';
  return {
    ...(match[2] ? { column: columnIndex(match[2]) } : {}),
    ...(match[4] ? { row: Number(match[4]) - 1 } : {}),
    columnFixed: match[2] !== undefined && match[1] === '$',
    rowFixed: match[4] !== undefined && rowFixed,
  };
}

/** `A1`, `A1:B2`, `A:C`, `1:3`, `A2:C`, `A1:1`; null when it is none of these. */
export function parseArea(text: string): Area | null {
  const [first = '', second, ...more] = text.split(':');
  if (more.length > 0) return null;
  const start = parseCorner(first);
  const end = second === undefined ? start : parseCorner(second);
  if (!start || !end) return null;
  if (second === undefined && (start.column === undefined || start.row === undefined)) return null;
  return { start, end };
}

export function formatCorner(corner: Corner): string {
  const column =
    corner.column === undefined
      ? ''
      : (corner.columnFixed ? '$' : '') + columnLetters(corner.column);
  const row = corner.row === undefined ? '' : (corner.rowFixed ? '$' : '') + String(corner.row + 1);
  return column + row;
}

/** `'It''s'` → `It's`; a bare name stays as it is. */
export function unquoteTitle(text: string): string {
  return text.startsWith("'") && text.endsWith("'") && text.length >= 2
    ? text.slice(1, -1).replaceAll("''", "'")
    : text;
}

/**
 * Google quotes a tab's name only where it must: anything but letters, digits and underscores, a
 * digit first, or a name that reads as a cell (`'D3'!A1:D4` in gspread's recorded replies).
 */
export function quoteTitle(title: string): string {
  const bare = /^[A-Za-z_][A-Za-z0-9_]*$/.test(title);
  const readsAsCell = /^[A-Za-z]{1,3}[0-9]+$/.test(title);
  return bare && !readsAsCell ? title : `'${title.replaceAll("'", "''")}'`;
}

/** Splits `'It''s'!A1:B2` in tab and area; without `!` the tab is undefined. */
export function splitRange(range: string): { tab?: string; area: string } {
  const quoted = /^('(?:[^']|'')*')(?:!(.*))?$/s.exec(range);
  if (quoted) {
    return { tab: unquoteTitle(quoted[1] ?? ''), area: quoted[2] ?? '' };
  }
  const bang = range.lastIndexOf('!');
  return bang < 0
    ? { area: range }
    : { tab: unquoteTitle(range.slice(0, bang)), area: range.slice(bang + 1) };
}
