import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod/v4';
import { COLUMNS, EDITABLE_FIELDS, newMaterialSchema, type NewMaterial } from '../../core/index.ts';

/** A CSV file for each group of subjects, all with the header of the catalog. */
const SAMPLE = new URL('./sample/', import.meta.url);

/** The catalog that an empty sheet gets, so that a new school sees what one looks like. */
export async function sampleCatalog(): Promise<NewMaterial[]> {
  const names = (await readdir(SAMPLE)).filter((name) => name.endsWith('.csv')).toSorted();
  const files = await Promise.all(names.map((name) => readFile(new URL(name, SAMPLE))));
  return files.flatMap(materialsOf);
}

function materialsOf(file: Buffer): NewMaterial[] {
  const records = z.array(z.record(z.string(), z.string())).parse(parse(file, { columns: true }));
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
