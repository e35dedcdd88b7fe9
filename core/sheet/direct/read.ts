import { TEXT_FIELDS, isAnalysisOf, type MaterialText } from '../../material/index.ts';
import { materialRows, type MaterialRow, type MaterialRows } from '../rows.ts';
import type { CatalogSheet } from '../sheet.ts';
import { readPatiently, type DirectHost } from './patience.ts';

/**
 * Reads every material of the sheet, in one request.
 *
 * @throws HeaderError, SheetError if the sheet cannot be read by the deadline
 */
export async function readMaterials(sheet: CatalogSheet, host: DirectHost): Promise<MaterialRows> {
  const { header, rows } = await readPatiently(host, () => sheet.readCatalog());
  return header === null ? { materials: [], problems: [], nextRow: 1 } : materialRows(rows, header);
}

/** The seven texts of a row, empty where the sheet shows none. */
export function rowText({ fields }: MaterialRow): MaterialText {
  const text = (field: (typeof TEXT_FIELDS)[number]) => fields[field] ?? '';
  return {
    subject: text('subject'),
    title: text('title'),
    description: text('description'),
    type: text('type'),
    level: text('level'),
    theme: text('theme'),
    subtheme: text('subtheme'),
  };
}

/** Whether AI_SOURCE tells that the texts were analysed as they stand now. */
export function isAnalysed(row: MaterialRow): boolean {
  return isAnalysisOf(row.fields.aiSource ?? '', rowText(row));
}
