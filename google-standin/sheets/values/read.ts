import * as z from 'zod/v4-mini';
import { malformed } from '../../http/googleError.ts';
import type { Spreadsheet } from '../model/spreadsheet.ts';
import { formatRange, resolveRange } from '../model/range.ts';
import { renderRange } from '../display/render.ts';

const rendersSchema = z.enum(['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA']);
const dateRendersSchema = z.enum(['SERIAL_NUMBER', 'FORMATTED_STRING']);
const dimensionsSchema = z.enum(['ROWS', 'COLUMNS']);

/** An enum of the query; Google names the field and the enum's type when it is none of them. */
function option<T extends string>(
  query: URLSearchParams,
  name: string,
  values: z.ZodMiniType<T>,
  byDefault: T,
): T {
  const given = query.get(name);
  if (given === null) return byDefault;
  const parsed = z.safeParse(values, given.toUpperCase());
  if (parsed.success) return parsed.data;
  const field = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const type =
    name === 'majorDimension' ? 'Dimension' : name.charAt(0).toUpperCase() + name.slice(1);
  const description = `Invalid value at '${field}' (type.googleapis.com/google.apps.sheets.v4.${type}), "${given}"`;
  throw malformed([{ field, description }]);
}

/** One ValueRange of `values.get` and `values.batchGet`; without any value it has no `values`. */
export function valueRange(
  spreadsheet: Spreadsheet,
  range: string,
  query: URLSearchParams,
): object {
  const majorDimension = option(query, 'majorDimension', dimensionsSchema, 'ROWS');
  const render = option(query, 'valueRenderOption', rendersSchema, 'FORMATTED_VALUE');
  const dates = option(query, 'dateTimeRenderOption', dateRendersSchema, 'SERIAL_NUMBER');
  const resolved = resolveRange(spreadsheet, range, 'read');
  const values = renderRange(spreadsheet, resolved, render, dates, majorDimension);
  return {
    range: formatRange(resolved.tab, resolved),
    majorDimension,
    ...(values.length > 0 ? { values } : {}),
  };
}

/** `values:batchGet`: the ranges in the order asked for. */
export function valueRanges(spreadsheet: Spreadsheet, query: URLSearchParams): object {
  const ranges = query.getAll('ranges');
  return {
    spreadsheetId: spreadsheet.spreadsheetId,
    ...(ranges.length > 0
      ? { valueRanges: ranges.map((range) => valueRange(spreadsheet, range, query)) }
      : {}),
  };
}
