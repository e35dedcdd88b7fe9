import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { z } from 'zod/v4';
import { tabRange } from '../../../core/google/index.ts';
import type { SheetConfig } from '../../config/config.ts';
import { sheetsClient } from '../../sync/transport.ts';

export type Request = sheets_v4.Schema$Request;
export type Value = sheets_v4.Schema$ExtendedValue;

export interface Tab {
  readonly sheetId: number;
  readonly title: string;
  readonly rows: number;
  readonly columns: number;
}

const valueRangeSchema = z.object({
  range: z.string(),
  values: z.array(z.array(z.union([z.string(), z.number(), z.boolean()]))).optional(),
});
export type Found = z.infer<typeof valueRangeSchema>;

/** A 429 is waited out by Google's rule: min(2^n + random, 64) seconds. */
const ATTEMPTS = 8;

/**
 * A spreadsheet as the probes use it. They write only in tabs that they made here. The ids of their named
 * ranges begin with the prefix of this run.
 */
export function openCheckedSheet(config: SheetConfig) {
  const { spreadsheetId } = config;
  const client = sheetsClient(config);
  const run = randomBytes(4).toString('hex');
  const tabs: Tab[] = [];

  const write = async (...requests: Request[]): Promise<void> => {
    await patiently(() =>
      client.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } }),
    );
  };

  return {
    tabs,
    write,

    /** Google's message when it refused the batch with 400; null: it took the batch. */
    refusal: (...requests: Request[]): Promise<string | null> => refusalOf(write(...requests)),

    /** Like `refusal`, for a batch that asks Google to show ranges in its answer. */
    refusalShowing: (responseRanges: string[], ...requests: Request[]): Promise<string | null> =>
      refusalOf(
        patiently(() =>
          client.spreadsheets.batchUpdate({
            spreadsheetId,
            fields: 'updatedSpreadsheet.sheets.data.rowData.values.userEnteredValue',
            requestBody: { requests, includeSpreadsheetInResponse: true, responseRanges },
          }),
        ),
      ),

    /** The rows of a tab that are hidden, 0-based. */
    async hiddenRows({ title }: Tab, by: 'hiddenByFilter' | 'hiddenByUser'): Promise<number[]> {
      const { data } = await patiently(() =>
        client.spreadsheets.get({
          spreadsheetId,
          ranges: [tabRange(title)],
          fields: 'sheets.data.rowMetadata(hiddenByFilter,hiddenByUser)',
        }),
      );
      const lines = data.sheets?.[0]?.data?.[0]?.rowMetadata ?? [];
      return lines.flatMap((line, row) => (line[by] ? [row] : []));
    },

    /** `values:batchGet`, as core/sheet reads. */
    async read(ranges: readonly string[], valueRenderOption = 'FORMULA'): Promise<Found[]> {
      const { data } = await patiently(() =>
        client.spreadsheets.values.batchGet({
          spreadsheetId,
          ranges: [...ranges],
          valueRenderOption,
        }),
      );
      return z.array(valueRangeSchema).parse(data.valueRanges);
    },

    async describe() {
      const { data } = await patiently(() =>
        client.spreadsheets.get({
          spreadsheetId,
          fields: 'sheets.properties(sheetId,title,hidden),namedRanges.namedRangeId',
        }),
      );
      return {
        tabs: (data.sheets ?? []).flatMap(({ properties }) => properties ?? []),
        namedRangeIds: (data.namedRanges ?? []).flatMap(({ namedRangeId }) => namedRangeId ?? []),
      };
    },

    /** A tab of this run, with a name that has to be quoted. Not made yet. */
    newTab(rows: number, columns: number): Tab {
      const sheetId = randomInt(1_000_000_000, 2_000_000_000);
      return { sheetId, title: `_materi_check's ${run} ${tabs.length + 1}`, rows, columns };
    },

    async addTab(tab: Tab, hidden = false): Promise<Tab> {
      tabs.push(tab);
      await write(addSheet(tab, hidden));
      return tab;
    },

    /** A named range's id and name that nobody else has. */
    namedRange: (number: number) => ({
      id: `materi-check-${run}-${number}`,
      name: `_materi_check_${run}_${number}`,
    }),

    /** Removes every tab and named range of this run, and nothing else. */
    async cleanUp(): Promise<void> {
      const { tabs: there, namedRangeIds } = await this.describe();
      const ours = tabs.filter(({ sheetId, title }) =>
        there.some((tab) => tab.sheetId === sheetId && tab.title === title),
      );
      const requests: Request[] = [
        ...namedRangeIds
          .filter((id) => id.startsWith(`materi-check-${run}-`))
          .map((namedRangeId) => ({ deleteNamedRange: { namedRangeId } })),
        ...ours.map(({ sheetId }) => ({ deleteSheet: { sheetId } })),
      ];
      if (requests.length > 0) await write(...requests);
    },
  };
}

export type CheckedSheet = ReturnType<typeof openCheckedSheet>;

export function addSheet(tab: Tab, hidden = false): Request {
  const { sheetId, title, rows, columns } = tab;
  const gridProperties = { rowCount: rows, columnCount: columns };
  return { addSheet: { properties: { sheetId, title, hidden, gridProperties } } };
}

/** The range of a tab's rows, 0-based, the end exclusive; the whole tab without them. */
export function rangeOf({ title }: Tab, start?: number, end?: number): string {
  const rows = start === undefined ? '' : `!A${start + 1}:Z${end ?? start + 1}`;
  return `${tabRange(title)}${rows}`;
}

async function patiently<T>(request: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      if (statusOf(error) !== 429 || attempt === ATTEMPTS) throw error;
      await sleep(Math.min(1_000 * 2 ** attempt + Math.random() * 1_000, 64_000));
    }
  }
}

async function refusalOf(request: Promise<unknown>): Promise<string | null> {
  try {
    await request;
    return null;
  } catch (error) {
    if (statusOf(error) !== 400) throw error;
    return messageOf(error);
  }
}

function statusOf(error: unknown): number | undefined {
  const { data } = z.object({ status: z.number() }).safeParse(error);
  return data?.status;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
