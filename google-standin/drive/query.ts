import { GoogleError, notImplemented } from '../http/googleError.ts';
import type { Spreadsheet } from '../sheets/model/spreadsheet.ts';

export const spreadsheetMimeType = 'application/vnd.google-apps.spreadsheet';

type Term = (file: Spreadsheet) => boolean;

/** Quotes of both kinds, as gspread's recorded requests use them. */
const term =
  /^(?:(name|mimeType)\s*(=|!=|contains)\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")|trashed\s*(=|!=)\s*(true|false))\s*/;

/** Words of Drive's query language (developers.google.com/workspace/drive/api/guides/ref-search-terms). */
const words =
  /\b(?:or|not|in|has|fullText|modifiedTime|viewedByMeTime|createdTime|starred|parents|owners|writers|readers|sharedWithMe|properties|appProperties|visibility|shortcutDetails|memberCount|organizerCount|hidden|labels)\b|[()<>]/;

/**
 * Reads the `q` of `files.list`: terms joined by `and` about `name` (`=`, `!=`, `contains`), `mimeType` and
 * `trashed`.
 *
 * @throws GoogleError 501 for other terms of Drive's query language, 400 `Invalid Value` for any
 *   other text
 */
export function fileQuery(q: string | null): Term {
  if (q === null || q.trim() === '') return () => true;
  const terms: Term[] = [];
  let rest = q.trim();
  for (;;) {
    const match = term.exec(rest);
    if (!match) throw refusal(rest);
    const [whole, field, operator, single, double, trashedOperator, trashed] = match;
    const text = (single ?? double ?? '').replace(/\\(.)/g, '$1');
    const inTrash = (trashed === 'true') === (trashedOperator === '=');
    terms.push(trashed === undefined ? compare(field, operator, text) : () => !inTrash);
    rest = rest.slice(whole.length);
    if (rest === '') return (file) => terms.every((one) => one(file));
    const and = /^and\s+/.exec(rest);
    if (!and) throw refusal(rest);
    rest = rest.slice(and[0].length);
  }
}

function compare(field: string | undefined, operator: string | undefined, text: string): Term {
  return ({ title }) => {
    const value = (field === 'name' ? title : spreadsheetMimeType).toLowerCase();
    const sought = text.toLowerCase();
    if (operator === '=') return value === sought;
    if (operator === '!=') return value !== sought;
    // Drive's `contains` matches the beginnings of words.
    return ` ${value}`.includes(` ${sought}`);
  };
}

function refusal(rest: string): GoogleError {
  const unquoted = rest.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '');
  if (words.test(unquoted)) return notImplemented(`the query ${rest.slice(0, 200)}`);
  return invalidParameterValue('q');
}

/** Drive's 400 for a parameter's value that it does not understand. */
export function invalidParameterValue(location: string): GoogleError {
  const message = 'Invalid Value';
  const item = { message, domain: 'global', reason: 'invalid' };
  return new GoogleError(400, message, [], [{ ...item, location, locationType: 'parameter' }]);
}
