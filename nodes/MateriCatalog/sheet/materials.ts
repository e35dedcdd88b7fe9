import type { IExecuteFunctions } from 'n8n-workflow';
import {
  byField,
  isAnalysisOf,
  materialRows,
  openSheet,
  readPatiently,
  TEXT_FIELDS,
  type SheetRow,
  type SheetRows,
} from '../../../core/index.ts';
import { onSheet, type OpenSheet } from './onSheet.ts';

/**
 * Reads every material of the sheet in one request.
 *
 * @throws HeaderError, SheetError if the sheet cannot be read by the deadline
 */
async function readMaterials({ transport, tab, host }: OpenSheet): Promise<SheetRows> {
  const sheet = openSheet(transport, tab);
  const { header, rows } = await readPatiently(host, () => sheet.readCatalog());
  return header === null
    ? { materials: [], withBadId: [], problems: [], nextRow: 1 }
    : materialRows(rows, header);
}

/**
 * Reads the sheet's materials once, at the first call.
 *
 * @returns a function that reads at its first call. If that fails, every call fails with the same error
 */
export function readRows(node: IExecuteFunctions): () => Promise<SheetRows> {
  let reading: Promise<SheetRows> | undefined;
  return async () => {
    reading ??= onSheet(node, readMaterials);
    return await reading;
  };
}

/** Whether AI_SOURCE shows that the row's present texts were analysed. */
export function isAnalysed({ fields }: SheetRow): boolean {
  const texts = byField(TEXT_FIELDS, (field) => fields[field] ?? '');
  return isAnalysisOf(fields.aiSource ?? '', texts);
}

/** Whether ARCHIVED_AT has a text: the portal writes a time, and people write what they like. */
export function isArchived({ fields }: SheetRow): boolean {
  return (fields.archivedAt ?? '') !== '';
}
