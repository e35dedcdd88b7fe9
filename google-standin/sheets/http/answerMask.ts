import { parseMask, type Mask } from '../../http/fieldMask.ts';
import { notImplemented } from '../../http/googleError.ts';
import { fieldPaths } from '../../names/index.ts';

/** Everything below a field. */
const all: Mask = new Map();

/**
 * The fields of a spreadsheet's GridData that are answered; null: none. A mask overrules the
 * request's own flag (Google's reference of `includeGridData` and `responseIncludeGridData`).
 *
 * @param at the field of the answer that holds the spreadsheet; without it the answer itself
 */
export function gridDataMask(fields: string | null, flag: boolean, at?: string): Mask | null {
  if (fields === null || fields === '') return flag ? all : null;
  const path = [...(at === undefined ? [] : [at]), 'sheets', 'data'];
  return path.reduce<Mask | null>((mask, name) => mask && below(mask, name), parseMask(fields));
}

/** The mask below a field of a message; null: the mask does not name the field. */
export function below(mask: Mask, name: string): Mask | null {
  if (mask.size === 0) return mask;
  return mask.get(name) ?? mask.get('*') ?? null;
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
