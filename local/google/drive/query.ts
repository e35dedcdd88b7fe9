import { GoogleError } from '../http/googleError.ts';
import type { Spreadsheet } from '../sheets/model.ts';

export const spreadsheetMimeType = 'application/vnd.google-apps.spreadsheet';

/**
 * What a `q` of `files.list` keeps: terms joined by `and` about `name` (`=`, `!=`, `contains`),
 * `mimeType` and `trashed`.
 *
 * @throws GoogleError 400 `Invalid Value` for anything else
 */
export function fileQuery(q: string | null): (file: Spreadsheet) => boolean {
  if (q === null || q.trim() === '') return () => true;
  const terms: ((file: Spreadsheet) => boolean)[] = [];
  let rest = q.trim();
  for (;;) {
    const match =
      /^(?:(name|mimeType)\s*(=|!=|contains)\s*'((?:[^'\\]|\\.)*)'|trashed\s*=\s*(true|false))\s*/.exec(
        rest,
      );
    if (!match) throw invalidQuery();
    const [whole, field, operator, text = '', trashed] = match;
    terms.push(
      trashed === undefined
        ? compare(field, operator, text.replace(/\\(.)/g, '$1'))
        : () => trashed === 'false',
    );
    rest = rest.slice(whole.length);
    if (rest === '') return (file) => terms.every((term) => term(file));
    const and = /^and\s+/.exec(rest);
    if (!and) throw invalidQuery();
    rest = rest.slice(and[0].length);
  }
}

function compare(field: string | undefined, operator: string | undefined, text: string) {
  return ({ title }: Spreadsheet): boolean => {
    const value = (field === 'name' ? title : spreadsheetMimeType).toLowerCase();
    const sought = text.toLowerCase();
    if (operator === '=') return value === sought;
    if (operator === '!=') return value !== sought;
    // Drive's `contains` matches the beginnings of words.
    return ` ${value}`.includes(` ${sought}`);
  };
}

function invalidQuery(): GoogleError {
  const message = 'Invalid Value';
  const location = { location: 'q', locationType: 'parameter' };
  return new GoogleError(
    400,
    message,
    [],
    [{ message, domain: 'global', reason: 'invalid', ...location }],
  );
}
