import { randomUUID } from 'node:crypto';
import * as z from 'zod/v4-mini';
import { googleTransport } from '../../api/sync/transport.ts';
import {
  JOURNAL_TAB,
  materialIdSchema,
  openSheet,
  type CatalogSheet,
  type CellValue,
  type DirectHost,
  type SheetTransport,
} from '../../core/index.ts';
import { HEADER as CATALOG_HEADER } from '../../core/sheet/direct/test/rows.ts';
import { startGoogle } from '../../google-standin/index.ts';
import { addFault, control, dump, makeSpreadsheet } from './google/controls.ts';

export const TAB = 'Katalog 2026';
export const HEADER = [...CATALOG_HEADER, 'Catatan Guru'];

/** A row that a person types: subject, title, type and level, and the given columns. */
export function typed(title: string, more: Readonly<Record<string, string>> = {}): string[] {
  const cells: Readonly<Record<string, string>> = {
    SUBJECT_NAME: 'IPA',
    MATERIAL_TITLE: title,
    MATERIAL_TYPE: 'Video',
    MATERIAL_LEVEL: 'Fase C',
    ...more,
  };
  return HEADER.map((name) => cells[name] ?? '');
}

const countsSchema = z.object({ counts: z.record(z.string(), z.record(z.string(), z.number())) });

/** One sheet in the stand-in, over HTTP through Google's client. */
export async function startHarness(rows: readonly (readonly string[])[]) {
  const google = await startGoogle();
  const values = rows.map((cells) => [...cells]);
  const spreadsheetId = await makeSpreadsheet(google, [{ title: TAB, values }]);
  const { serviceAccount, url: rootUrl } = google;
  const transport = googleTransport({
    rootUrl,
    spreadsheetId,
    serviceAccount: { ...serviceAccount },
  });
  const at = `/spreadsheets/${spreadsheetId}`;
  const tab = async (title: string): Promise<CellValue[][]> => {
    const { tabs } = await dump(google, spreadsheetId);
    return tabs.find((found) => found.title === title)?.entered ?? [];
  };
  await control(google, 'DELETE', '/requests');

  return {
    google,
    spreadsheetId,
    transport,
    fault: (fault: object) => addFault(google, { service: 'sheets', ...fault }),
    person: {
      types: (a1: string, value: string) =>
        control(google, 'POST', `${at}/edit`, { tab: TAB, a1, value }),
      insertsRow: (index: number) =>
        control(google, 'POST', `${at}/rows`, { tab: TAB, action: 'insert', index }),
      deletesRow: (index: number) =>
        control(google, 'POST', `${at}/rows`, { tab: TAB, action: 'delete', index }),
      insertsColumn: (index: number) =>
        control(google, 'POST', `${at}/columns`, { tab: TAB, action: 'insert', index }),
      /** Merges cells of one column; 0-based, the last row left out. */
      merges: (column: number, startRowIndex: number, endRowIndex: number) => {
        const columns = { startColumnIndex: column, endColumnIndex: column + 1 };
        const range = { sheetId: 0, startRowIndex, endRowIndex, ...columns };
        const requests = [{ mergeCells: { range, mergeType: 'MERGE_ALL' } }];
        return control(google, 'POST', `${at}/change`, { requests });
      },
    },
    rows: () => tab(TAB),
    journal: () => tab(JOURNAL_TAB),
    /** The cells of a column below the header. */
    column: async (header: string) => {
      const [head = [], ...below] = await tab(TAB);
      return below.map((cells) => cells[head.indexOf(header)] ?? '');
    },
    requests: async () => z.parse(countsSchema, await control(google, 'GET', '/requests')).counts,
    forgetRequests: () => control(google, 'DELETE', '/requests'),
    /**
     * The sheet as one writer has it open. `before` runs right before the first write, and `after` when
     * Google has applied it, before the writer has the answer.
     */
    open: (before: Interruption = nothing, after: Interruption = nothing): CatalogSheet =>
      openSheet(interrupted(transport, before, after), TAB),
    stop: () => google.close(),
  };
}

export type Harness = Awaited<ReturnType<typeof startHarness>>;

type Interruption = () => Promise<unknown>;
const nothing: Interruption = () => Promise.resolve();

function interrupted(
  transport: SheetTransport,
  before: Interruption,
  after: Interruption,
): SheetTransport {
  let writes = 0;
  return {
    ...transport,
    write: async (requests, show) => {
      writes += 1;
      const isFirst = writes === 1;
      if (isFirst) await before();
      const shown = await transport.write(requests, show);
      if (isFirst) await after();
      return shown;
    },
  };
}

/** A host whose time passes only while it waits. */
export function aHost(more: Partial<DirectHost> = {}): DirectHost & { readonly waits: number[] } {
  const waits: number[] = [];
  let time = Date.parse('2026-11-23T00:00:00.000Z');
  return {
    waits,
    newId: () => materialIdSchema.parse(randomUUID()),
    now: () => time,
    random: () => Math.random(),
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
      return Promise.resolve();
    },
    deadline: time + 300_000,
    attempts: 40,
    ...more,
  };
}
