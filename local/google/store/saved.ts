import * as z from 'zod/v4-mini';
import type { Spreadsheet } from '../sheets/model.ts';
import { unknownsSchema } from '../sheets/unknowns.ts';
import { valuesAppend, valuesBatch, valuesUpdate } from '../sheets/values/messages.ts';

/** What is kept on disk, and how it is read back. */

export const newTab = z.object({
  title: z.string(),
  values: z.optional(z.array(z.array(z.string()))),
  rowCount: z.optional(z.int()),
  columnCount: z.optional(z.int()),
});

export type NewTab = z.infer<typeof newTab>;

const at = z.string();
const spreadsheetId = z.string();
/** The account the change was made for; without one the spreadsheet's owner. */
const by = z.optional(z.string());

const entry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create'),
    at,
    spreadsheetId,
    title: z.string(),
    tabs: z.readonly(z.array(newTab)),
    shared: z.boolean(),
    unknowns: z.optional(unknownsSchema),
  }),
  z.object({ kind: z.literal('unknowns'), at, spreadsheetId, unknowns: unknownsSchema }),
  z.object({
    kind: z.literal('batchUpdate'),
    at,
    by,
    spreadsheetId,
    requests: z.readonly(z.array(z.unknown())),
  }),
  z.object({ kind: z.literal('values'), at, by, spreadsheetId, batch: valuesBatch }),
  z.object({ kind: z.literal('update'), at, by, spreadsheetId, update: valuesUpdate }),
  z.object({ kind: z.literal('append'), at, by, spreadsheetId, append: valuesAppend }),
  z.object({
    kind: z.literal('clear'),
    at,
    by,
    spreadsheetId,
    ranges: z.readonly(z.array(z.string())),
  }),
]);

export type Entry = z.infer<typeof entry>;

/** The journal is our own writing: its outline is checked, its cells are taken as they are. */
export const spreadsheets = z.array(z.custom<Spreadsheet>(isSpreadsheet));

function isSpreadsheet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'spreadsheetId' in value && 'tabs' in value;
}

export function parseEntry(saved: unknown): Entry {
  return z.parse(entry, saved);
}
