import {
  isAnalysisOf,
  materialRows,
  openSheet,
  readPatiently,
  type SheetRow,
  type SheetRows,
} from '../../../core/index.ts';
import type { OpenSheet } from './onSheet.ts';

/**
 * Reads every material of the sheet in one request.
 *
 * @throws HeaderError, SheetError if the sheet cannot be read by the deadline
 */
export async function readMaterials({ transport, tab, host }: OpenSheet): Promise<SheetRows> {
  const sheet = openSheet(transport, tab);
  const { header, rows } = await readPatiently(host, () => sheet.readCatalog());
  return header === null
    ? { materials: [], withBadId: [], problems: [], nextRow: 1 }
    : materialRows(rows, header);
}

/** Whether AI_SOURCE shows that the row's present texts were analysed. */
export function isAnalysed({ fields }: SheetRow): boolean {
  const { subject = '', title = '', description = '', type = '' } = fields;
  const { level = '', theme = '', subtheme = '', aiSource = '' } = fields;
  const texts = { subject, title, description, type, level, theme, subtheme };
  return isAnalysisOf(aiSource, texts);
}
