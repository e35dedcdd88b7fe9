import { notImplemented } from '../../http/googleError.ts';
import { serialOf } from './dates.ts';
import type { Cell, CellFormat, NumberFormat } from './spreadsheet.ts';

/** A value of the API stored as it is given; null and '' are no value. `=…` given RAW stays text. */
export function rawValue(value: string | number | boolean): Cell['userEnteredValue'] | null {
  if (value === '') return null;
  if (typeof value === 'string') return { stringValue: value };
  return typeof value === 'number' ? { numberValue: value } : { boolValue: value };
}

/**
 * A value as if a person typed it: formulas, numbers, booleans, percentages, dollars, dates and
 * times are recognised, a leading apostrophe makes text. The locale is en_US, as for the whole
 * spreadsheet.
 *
 * @throws GoogleError 501 for text that Google reads as a date or an amount in another form
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
  if (staysText(typed)) return text(typed);
  const trimmed = typed.trim();
  if (isBoolean(trimmed)) {
    return { userEnteredValue: { boolValue: trimmed.toLowerCase() === 'true' }, ...keep };
  }
  const found = recognise(trimmed);
  if (!found) {
    throw notImplemented(
      `typed text that Google may read as a date or an amount: ${trimmed}. Put an apostrophe before it to keep it as text`,
    );
  }
  const { value: numberValue, numberFormat } = found;
  const userEnteredFormat = numberFormat ? { ...format, numberFormat } : format;
  return {
    userEnteredValue: { numberValue },
    ...(userEnteredFormat ? { userEnteredFormat } : {}),
  };
}

/** Whether a text that a person types is that text, and no number, date, formula or boolean. */
export function staysText(typed: string): boolean {
  if (/^'|^=./s.test(typed)) return false;
  const trimmed = typed.trim();
  // Nothing longer is a number or a date, and a text may have 50,000 characters.
  if (trimmed.length > 40) return true;
  return (
    !isBoolean(trimmed) && !recognise(trimmed) && !otherForms.some((form) => form.test(trimmed))
  );
}

const isBoolean = (text: string): boolean => /^(true|false)$/i.test(text);

const recognise = (text: string) => parseNumber(text) ?? parseDate(text) ?? parseTime(text);

interface Recognised {
  readonly value: number;
  readonly numberFormat?: NumberFormat;
}

/**
 * `1,234.5` shows 1,234.50 (gspread's CellTest.test_numeric_value has 2,000,000.01). The formats of
 * the other forms are those of Google's editor; no reply with them is recorded.
 */
function parseNumber(text: string): Recognised | null {
  const match =
    /^([+-]?)(\$?)(?:([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]*)?|(\.[0-9]+))(?:[eE]([+-]?[0-9]{1,3}))?(%?)$/.exec(
      text,
    );
  if (!match) return null;
  const [, sign = '', dollar, whole = '', decimals = '', bare = '', exponent, percent] = match;
  if (dollar && (percent || exponent !== undefined)) return null;
  const digits = `${sign}${whole.replaceAll(',', '')}${decimals}${bare}`;
  const value = Number(exponent === undefined ? digits : `${digits}e${exponent}`);
  const fraction = decimals + bare === '' ? '' : '.00';
  if (percent) {
    return { value: value / 100, numberFormat: { type: 'PERCENT', pattern: `0${fraction}%` } };
  }
  if (dollar) {
    return { value, numberFormat: { type: 'CURRENCY', pattern: `"$"#,##0${fraction}` } };
  }
  if (exponent !== undefined) {
    return { value, numberFormat: { type: 'SCIENTIFIC', pattern: '0.00E+00' } };
  }
  if (whole.includes(',')) {
    return { value, numberFormat: { type: 'NUMBER', pattern: `#,##0${fraction}` } };
  }
  return { value };
}

function parseDate(text: string): Recognised | null {
  const match =
    /^(?:([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})|([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{4}))(?:[ T](.+))?$/.exec(
      text,
    );
  if (!match) return null;
  const iso = match[1] !== undefined;
  const [year, month, date] = [
    match[1] ?? match[6],
    match[2] ?? match[4],
    match[3] ?? match[5],
  ].map(Number);
  if (!year || !month || !date || !exists(year, month, date)) return null;
  const day = serialOf(year, month, date);
  const pattern = iso ? 'yyyy-mm-dd' : 'M/d/yyyy';
  if (match[7] === undefined) return { value: day, numberFormat: { type: 'DATE', pattern } };
  const time = parseTime(match[7]);
  if (!time) return null;
  const numberFormat = { type: 'DATE_TIME', pattern: `${pattern} h:mm:ss` };
  return { value: day + time.value, numberFormat };
}

function parseTime(text: string): Recognised | null {
  const match = /^([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?: ?([ap])m)?$/i.exec(text);
  if (!match) return null;
  const [, hours = '', minutes = '', seconds, half] = match;
  const hour = Number(hours);
  if (Number(minutes) > 59 || Number(seconds ?? 0) > 59) return null;
  if (half === undefined ? hour > 23 : hour < 1 || hour > 12) return null;
  const afternoon = half?.toLowerCase() === 'p' ? 12 : 0;
  const hourOfDay = half === undefined ? hour : (hour % 12) + afternoon;
  const pattern = `h:mm${seconds === undefined ? '' : ':ss'}${half === undefined ? '' : ' am/pm'}`;
  return {
    value: (hourOfDay * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) / 86_400,
    numberFormat: { type: 'TIME', pattern },
  };
}

function exists(year: number, month: number, date: number): boolean {
  const at = new Date(Date.UTC(year, month - 1, date));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
}

const months = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

/** Forms that Google's editor reads as a date, a time or an amount, and the stand-in does not. */
const otherForms: readonly RegExp[] = [
  new RegExp(`^(?:[0-9]{1,2}[ -])?${months}[ -][0-9]{1,4}(?:, ?[0-9]{4})?$`, 'i'),
  new RegExp(`^[0-9]{1,2}[ -]${months}$`, 'i'),
  /^[0-9]{1,2}[/-][0-9]{1,2}(?:[/-][0-9]{2})?$/,
  /^[0-9]{4}\/[0-9]{1,2}\/[0-9]{1,2}$/,
  /^[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}$/,
  /^[0-9]{1,2} ?[ap]m$/i,
  /^[0-9]{1,4}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?$/,
  /^[+-]?[€£¥₩] ?[0-9][0-9.,]*$/,
  /^\(\$?[0-9][0-9.,]*\)$/,
  /^[0-9][0-9.,]* ?[€£%]$/,
];
