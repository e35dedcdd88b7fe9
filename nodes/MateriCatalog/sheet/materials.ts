import type { IExecuteFunctions } from 'n8n-workflow';
import { materialRows, openSheet, readPatiently, type SheetRows } from '../../../core/index.ts';
import { onSheet, type OpenSheet } from './onSheet.ts';

/**
 * Reads every material of the sheet in one request.
 *
 * @throws HeaderError, SheetError if the sheet cannot be read by the deadline
 */
async function readMaterials({ transport, tab, host }: OpenSheet): Promise<ReadRows> {
  const sheet = openSheet(transport, tab);
  const { header, rows } = await readPatiently(host, () => sheet.readCatalog());
  return header === null
    ? { materials: [], withBadId: [], problems: [], nextRow: 1, furtherColumns: [] }
    : { ...materialRows(rows, header), furtherColumns: header.metadata.map(({ name }) => name) };
}

export interface ReadRows extends SheetRows {
  /** The headers of the columns that are no fields. */
  readonly furtherColumns: readonly string[];
}

/**
 * Reads the sheet's materials once, at the first call.
 *
 * @returns a function that reads at its first call. If that fails, every call fails with the same error
 */
export function readRows(node: IExecuteFunctions): () => Promise<ReadRows> {
  let reading: Promise<ReadRows> | undefined;
  return async () => {
    reading ??= onSheet(node, readMaterials);
    return await reading;
  };
}
