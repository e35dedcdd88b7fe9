import { serialOf } from './dates.ts';
import type { Cell, CellFormat } from './model.ts';

/** A value of the API stored as it is given; null and '' are no value. `=…` given RAW stays text. */
export function rawValue(value: string | number | boolean): Cell['userEnteredValue'] | null {
  if (value === '') return null;
  if (typeof value === 'string') return { stringValue: value };
  return typeof value === 'number' ? { numberValue: value } : { boolValue: value };
}

/**
 * A value as if a person typed it: formulas, numbers, booleans, percentages and plain dates are
 * recognised, a leading apostrophe makes text. The locale is en_US, as for the whole spreadsheet.
 */
export function typedCell(
  typed: string | number | boolean,
  format: CellFormat | undefined,
): Cell | null {
  const keep = format ? { userEnteredFormat: format } : {};
  if (typeof typed !== 'string') {
    const value = rawValue(typed);
    return value ? { userEnteredValue: value, ...keep } : null;
  }
  if (typed === '') return format ? keep : null;
  const text = (stringValue: string): Cell => ({ userEnteredValue: { stringValue }, ...keep });
  if (typed.startsWith("'")) return text(typed.slice(1));
  if (format?.numberFormat?.type === 'TEXT') return text(typed);
  if (typed.startsWith('=') && typed.length > 1) {
    return { userEnteredValue: { formulaValue: typed }, ...keep };
  }
  const trimmed = typed.trim();
  if (/^(true|false)$/i.test(trimmed)) {
    return { userEnteredValue: { boolValue: trimmed.toLowerCase() === 'true' }, ...keep };
  }
  const number = parseNumber(trimmed);
  if (number)
    return { userEnteredValue: { numberValue: number.value }, ...formatOf(number, format) };
  const date = parseDate(trimmed);
  if (date) return { userEnteredValue: { numberValue: date.value }, ...formatOf(date, format) };
  return text(typed);
}

interface Recognised {
  readonly value: number;
  readonly type?: string;
  readonly pattern?: string;
}

function formatOf(
  found: Recognised,
  format: CellFormat | undefined,
): { userEnteredFormat?: CellFormat } {
  if (!found.type) return format ? { userEnteredFormat: format } : {};
  const numberFormat = { type: found.type, ...(found.pattern ? { pattern: found.pattern } : {}) };
  return { userEnteredFormat: { ...format, numberFormat } };
}

function parseNumber(text: string): Recognised | null {
  const money = /^([+-]?)\$([0-9].*)$/.exec(text);
  if (money) {
    const amount = parseNumber(`${money[1] ?? ''}${money[2] ?? ''}`);
    if (!amount || amount.type) return null;
    const pattern = text.includes('.') ? '"$"#,##0.00' : '"$"#,##0';
    return { value: amount.value, type: 'CURRENCY', pattern };
  }
  const match =
    /^([+-]?)(?:([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]*)?|(\.[0-9]+))(?:[eE]([+-]?[0-9]+))?(%?)$/.exec(
      text,
    );
  if (!match) return null;
  const [, sign = '', whole = '', decimals = '', bare = '', exponent, percent] = match;
  const digits = `${sign}${whole.replaceAll(',', '')}${decimals}${bare}`;
  const value = Number(exponent === undefined ? digits : `${digits}e${exponent}`);
  return percent ? { value: value / 100, type: 'PERCENT' } : { value };
}

function parseDate(text: string): Recognised | null {
  const iso =
    /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?$/.exec(
      text,
    );
  if (iso) {
    const parts: (string | undefined)[] = iso.slice(1);
    const [year, month, date, h, m, s] = parts.map((part) => Number(part ?? 0));
    if (!year || !month || !date || !exists(year, month, date)) return null;
    const timed = iso[4] !== undefined;
    return {
      value: serialOf(year, month, date, h, m, s),
      type: timed ? 'DATE_TIME' : 'DATE',
      pattern: timed ? 'yyyy-mm-dd h:mm:ss' : 'yyyy-mm-dd',
    };
  }
  const us = /^([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{4})$/.exec(text);
  const [month, date, year] = us ? us.slice(1).map(Number) : [];
  if (!month || !date || !year || !exists(year, month, date)) return null;
  return { value: serialOf(year, month, date), type: 'DATE', pattern: 'M/d/yyyy' };
}

function exists(year: number, month: number, date: number): boolean {
  const at = new Date(Date.UTC(year, month - 1, date));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
}
