import { createHash } from 'node:crypto';
import { z } from 'zod/v4';

export const CSV_FILE = 'catalog.csv';
export const JSON_FILE = 'catalog.json';
/** Written last, removed first: a set without it is not complete, whatever else is there. */
export const MANIFEST_FILE = 'manifest.json';

const fileSchema = z.object({
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Describes a set. Sizes and checksums show whether its files are whole. */
export const manifestSchema = z.object({
  kind: z.literal('digital-materi-backup'),
  /** Version of the file format. The API refuses an unknown version. */
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  /** One place may keep the sets of several catalogs. */
  catalog: z.object({ spreadsheetId: z.string(), tab: z.string() }),
  rows: z.int().nonnegative(),
  columns: z.array(z.string()),
  files: z.object({ [CSV_FILE]: fileSchema, [JSON_FILE]: fileSchema }),
});
export type Manifest = z.infer<typeof manifestSchema>;

export function describeFile(body: Buffer): z.infer<typeof fileSchema> {
  return { bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') };
}
