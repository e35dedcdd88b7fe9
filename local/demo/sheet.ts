import * as z from 'zod/v4-mini';
import { matchHeader } from '../../core/index.ts';
import { STAND_IN_TAB } from '../stack/google.ts';
import type { StackFacts } from '../stack/stackFile.ts';

const cellValueSchema = z.union([z.string(), z.number(), z.boolean()]);
const spreadsheetSchema = z.object({
  tabs: z.array(z.object({ title: z.string(), values: z.array(z.array(cellValueSchema)) })),
});

/** A material's row in the sheet. */
export interface SheetRow {
  /** Counted from 1, as in the sheet. */
  readonly row: number;
  readonly id: string;
  readonly subject: string;
  readonly title: string;
  readonly level: string;
  readonly aiStatus: string;
  readonly aiSummary: string;
}

/** Reads the catalog from the stand-in's spreadsheet itself, not from the API. */
export async function readSheet(facts: StackFacts): Promise<SheetRow[]> {
  const url = `${facts.google?.url}/stand-in/spreadsheets/${facts.sheet.spreadsheetId}`;
  const { tabs } = z.parse(spreadsheetSchema, await (await fetch(url)).json());
  const values = tabs.find(({ title }) => title === STAND_IN_TAB)?.values ?? [];
  const { row: headerRow, columns } = matchHeader(values, STAND_IN_TAB);
  const cell = (cells: readonly z.infer<typeof cellValueSchema>[], column: number | undefined) =>
    column === undefined ? '' : String(cells[column] ?? '');
  return values.slice(headerRow + 1).map((cells, index) => ({
    row: headerRow + index + 2,
    id: cell(cells, columns.id),
    subject: cell(cells, columns.subject),
    title: cell(cells, columns.title),
    level: cell(cells, columns.level),
    aiStatus: cell(cells, columns.aiStatus),
    aiSummary: cell(cells, columns.aiSummary),
  }));
}
