import { notImplemented } from '../../http/googleError.ts';
import { formatSerial } from '../model/dates.ts';
import { generalNumber } from '../formula/values.ts';
import type { NumberFormat } from '../model/spreadsheet.ts';

/** The default patterns in en_US of formats without a pattern (the examples of Google's NumberFormatType). */
const defaultPatterns: Readonly<Record<string, string>> = {
  NUMBER: '#,##0.00',
  PERCENT: '0.00%',
  CURRENCY: '"$"#,##0.00',
  SCIENTIFIC: '0.00E+00',
  DATE: 'M/d/yyyy',
  TIME: 'h:mm:ss am/pm',
  DATE_TIME: 'M/d/yyyy h:mm:ss',
};

export const isDateFormat = (format: NumberFormat | undefined): boolean =>
  ['DATE', 'TIME', 'DATE_TIME'].includes(format?.type ?? '');

/**
 * A number as a person sees it.
 *
 * @throws GoogleError 501 for a pattern that the stand-in cannot show
 */
export function formatNumber(value: number, format: NumberFormat | undefined): string {
  const pattern = format?.pattern || defaultPatterns[format?.type ?? ''];
  if (!format || pattern === undefined || format.type === 'TEXT') return generalNumber(value);
  if (isDateFormat(format)) return formatSerial(value, pattern);
  const parsed = /^(?:"([^"]*)")?(#,##)?0(\.0+)?(%|E\+00)?$/.exec(pattern);
  if (!parsed) throw notImplemented(`the number format ${pattern}`);
  const [, prefix = '', grouped, decimals = '', suffix] = parsed;
  const digits = Math.max(0, decimals.length - 1);
  const sign = value < 0 ? '-' : '';
  const size = Math.abs(value);
  const shown =
    suffix === 'E+00'
      ? scientific(size, digits)
      : (suffix === '%' ? size * 100 : size).toLocaleString('en-US', {
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
          useGrouping: grouped !== undefined,
        }) + (suffix ?? '');
  return `${sign}${prefix}${shown}`;
}

/** 100000 → 1.00E+05 */
function scientific(value: number, digits: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential(digits).split('e');
  return `${mantissa}E${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
}
