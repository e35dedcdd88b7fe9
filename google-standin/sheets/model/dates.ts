import { notImplemented } from '../../http/googleError.ts';

/** Dates are numbers: days since 30 December 1899, as in every spreadsheet. */

const epoch = Date.UTC(1899, 11, 30);
const day = 86_400_000;

export function serialOf(year: number, month: number, date: number): number {
  return (Date.UTC(year, month - 1, date) - epoch) / day;
}

const monthNames =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const dayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const pad = (value: number, width: number) => String(value).padStart(width, '0');

const tokens = /"([^"]*)"|y+|M+|m+|d+|[hH]+|s+|am\/pm|AM\/PM/g;

/**
 * Shows a serial number with a date pattern: `yyyy-MM-dd`, `d/m/yyyy`, `h:mm:ss am/pm`, `MMMM d`.
 *
 * @throws GoogleError 501 for a pattern with anything else
 */
export function formatSerial(serial: number, pattern: string): string {
  if (!/^[-/:., ]*$/.test(pattern.replace(tokens, ''))) {
    throw notImplemented(`the date format ${pattern}`);
  }
  const at = new Date(epoch + Math.round(serial * 86_400) * 1000);
  const halfDay = /am\/pm/i.test(pattern);
  let afterHour = false;
  return pattern.replace(tokens, (part, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted;
    if (halfDay && part.toLowerCase() === 'am/pm') return at.getUTCHours() < 12 ? 'AM' : 'PM';
    const letter = part.charAt(0);
    const width = part.length;
    // `m` is minutes after an hour and months elsewhere, as in Google's date patterns.
    const minutes = letter === 'm' && afterHour;
    if (/[yMd]/.test(letter)) afterHour = false;
    if (/[hH]/.test(letter)) afterHour = true;
    if (letter === 'y')
      return width <= 2 ? pad(at.getUTCFullYear() % 100, 2) : pad(at.getUTCFullYear(), 4);
    if (letter === 'd') {
      const name = dayNames[at.getUTCDay()] ?? '';
      return width >= 4 ? name : width === 3 ? name.slice(0, 3) : pad(at.getUTCDate(), width);
    }
    if (/[hH]/.test(letter)) {
      const hours = at.getUTCHours();
      return pad(halfDay ? hours % 12 || 12 : hours, width);
    }
    if (letter === 's') return pad(at.getUTCSeconds(), width);
    if (minutes) return pad(at.getUTCMinutes(), width);
    const name = monthNames[at.getUTCMonth()] ?? '';
    return width >= 4 ? name : width === 3 ? name.slice(0, 3) : pad(at.getUTCMonth() + 1, width);
  });
}
