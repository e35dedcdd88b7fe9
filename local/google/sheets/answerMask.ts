import { parseMask } from '../http/fieldMask.ts';
import { notImplemented } from '../http/googleError.ts';
import { fieldPaths } from '../names/index.ts';

/**
 * Whether a spreadsheet is answered with its cells. A mask overrules the request's own flag
 * (Google's reference of `includeGridData` and `responseIncludeGridData`).
 *
 * @param at the field of the answer that holds the spreadsheet; without it the answer itself
 */
export function asksForGridData(fields: string | null, flag: boolean, at?: string): boolean {
  if (fields === null || fields === '') return flag;
  const mask = parseMask(fields);
  if (mask.has('*')) return true;
  const spreadsheet = at === undefined ? mask : mask.get(at);
  if (!spreadsheet) return false;
  const sheets = spreadsheet.get('sheets');
  if (!sheets) return spreadsheet.size === 0 || spreadsheet.has('*');
  return sheets.size === 0 || sheets.has('*') || sheets.has('data');
}

/** Google always answers these; the stand-in leaves them out of a whole spreadsheet and of whole cells. */
const lackingFields =
  /^(?:updatedSpreadsheet\.)?(?:properties\.(?:defaultFormat|spreadsheetTheme)|sheets\.data\.rowData\.values\.effectiveFormat(?!\.numberFormat\b))/;

/** @throws GoogleError 501 when a mask asks for one of them */
export function refuseLackingFields(fields: string | null): void {
  if (fields === null || fields === '') return;
  const lacking = fieldPaths(parseMask(fields)).find((path) => lackingFields.test(path));
  if (lacking !== undefined) throw notImplemented(`the field ${lacking}`);
}
