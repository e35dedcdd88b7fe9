import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod/v4';
import { COLUMNS, EDITABLE_FIELDS, newMaterialSchema, type NewMaterial } from '../../core/index.ts';

const SAMPLE = new URL('./sample/catalog.csv', import.meta.url);

/** The catalog that an empty sheet gets, so that a new school sees what one looks like. */
export async function sampleCatalog(): Promise<NewMaterial[]> {
  const records = z
    .array(z.record(z.string(), z.string()))
    .parse(parse(await readFile(SAMPLE), { columns: true }));
  return records.map((record) => {
    const fields = EDITABLE_FIELDS.map((field) => [field, record[COLUMNS[field].header]] as const);
    const headers: readonly string[] = EDITABLE_FIELDS.map((field) => COLUMNS[field].header);
    const metadata = Object.entries(record).filter(([header]) => !headers.includes(header));
    return newMaterialSchema.parse({
      ...Object.fromEntries(fields),
      metadata: Object.fromEntries(metadata),
    });
  });
}
