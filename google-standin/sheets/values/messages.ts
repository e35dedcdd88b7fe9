import * as z from 'zod/v4-mini';
import { googleBooleanSchema, googleEnum } from '../../names/index.ts';

/** The bodies of the `values` methods, as far as they are answered; Google's names. */

const listValue = 'type.googleapis.com/google.protobuf.ListValue';

export const valueRangeSchema = z.strictObject({
  range: z._default(z.string(), ''),
  /** null: in the journals of earlier versions. */
  majorDimension: z._default(z.nullable(googleEnum(['ROWS', 'COLUMNS'], 'Dimension')), 'ROWS'),
  /** The values are checked when they are written. */
  values: z._default(z.array(z.array(z.unknown(), listValue), listValue), []),
});

export const valuesBatchSchema = z.strictObject({
  spreadsheetId: z.optional(z.string()),
  valueInputOption: z.optional(z.string()),
  data: z._default(z.array(valueRangeSchema), []),
  includeValuesInResponse: z.optional(googleBooleanSchema),
  responseValueRenderOption: z.optional(z.string()),
  responseDateTimeRenderOption: z.optional(z.string()),
});

/** The body of `values.clear` and `values.batchClear`. It may repeat parts of the path. */
export const clearingSchema = z.strictObject({
  spreadsheetId: z.optional(z.string()),
  range: z.optional(z.string()),
});
export const batchClearingSchema = z.strictObject({
  spreadsheetId: z.optional(z.string()),
  ranges: z._default(z.array(z.string()), []),
});

/** One range to write, with how its values are to be understood; also an entry of the journal. */
export const valuesUpdateSchema = z.object({
  valueInputOption: z.optional(z.string()),
  data: valueRangeSchema,
});

export const valuesAppendSchema = z.extend(valuesUpdateSchema, {
  insertDataOption: z._default(z.string(), 'OVERWRITE'),
});

export type ValueRange = z.infer<typeof valueRangeSchema>;
export type ValuesBatch = z.infer<typeof valuesBatchSchema>;
export type ValuesUpdate = z.infer<typeof valuesUpdateSchema>;
export type ValuesAppend = z.infer<typeof valuesAppendSchema>;
