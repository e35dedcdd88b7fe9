import * as z from 'zod/v4-mini';
import type { Spreadsheet } from '../sheets/model/spreadsheet.ts';
import { unknownsSchema } from '../sheets/model/unknowns.ts';
import {
  valuesAppendSchema,
  valuesBatchSchema,
  valuesUpdateSchema,
} from '../sheets/values/messages.ts';

/** A new tab as it is kept on disk. */
export const newTabSchema = z.object({
  title: z.string(),
  values: z.optional(z.array(z.array(z.string()))),
  rowCount: z.optional(z.int()),
  columnCount: z.optional(z.int()),
});

export type NewTab = z.infer<typeof newTabSchema>;

const atSchema = z.string();
const spreadsheetIdSchema = z.string();
/** The account the change was made for; without one the spreadsheet's owner. */
const bySchema = z.optional(z.string());

const entrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create'),
    at: atSchema,
    spreadsheetId: spreadsheetIdSchema,
    title: z.string(),
    tabs: z.readonly(z.array(newTabSchema)),
    shared: z.boolean(),
    unknowns: z.optional(unknownsSchema),
  }),
  z.object({
    kind: z.literal('unknowns'),
    at: atSchema,
    spreadsheetId: spreadsheetIdSchema,
    unknowns: unknownsSchema,
  }),
  z.object({
    kind: z.literal('batchUpdate'),
    at: atSchema,
    by: bySchema,
    spreadsheetId: spreadsheetIdSchema,
    requests: z.readonly(z.array(z.unknown())),
  }),
  z.object({
    kind: z.literal('values'),
    at: atSchema,
    by: bySchema,
    spreadsheetId: spreadsheetIdSchema,
    batch: valuesBatchSchema,
  }),
  z.object({
    kind: z.literal('update'),
    at: atSchema,
    by: bySchema,
    spreadsheetId: spreadsheetIdSchema,
    update: valuesUpdateSchema,
  }),
  z.object({
    kind: z.literal('append'),
    at: atSchema,
    by: bySchema,
    spreadsheetId: spreadsheetIdSchema,
    append: valuesAppendSchema,
  }),
  z.object({
    kind: z.literal('clear'),
    at: atSchema,
    by: bySchema,
    spreadsheetId: spreadsheetIdSchema,
    ranges: z.readonly(z.array(z.string())),
  }),
]);

export type Entry = z.infer<typeof entrySchema>;

/** The journal is our own writing: its outline is checked, its cells are taken as they are. */
export const spreadsheetsSchema = z.array(z.custom<Spreadsheet>(isSpreadsheet));

function isSpreadsheet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'spreadsheetId' in value && 'tabs' in value;
}

export function parseEntry(saved: unknown): Entry {
  return z.parse(entrySchema, saved);
}
