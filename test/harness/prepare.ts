import {
  inspectSheet,
  parseDecisions,
  prepareSheet,
  type PrepareTransport,
  type SheetRequest,
  type SheetToPrepare,
} from '../../core/index.ts';
import { startGoogle } from '../../google-standin/index.ts';
import { prepareCommand } from '../../api/commands/prepare/prepare.ts';
import { googleTransport } from '../../api/sync/transport.ts';
import { IMPATIENT } from './impatientHost.ts';

const TAB = 'Katalog';
type Given = Parameters<typeof parseDecisions>[0];
type Interruption = () => Promise<unknown>;

/** A sheet that is to be prepared, as the node and the command line hold it; nothing waits. */
export function toPrepare(transport: PrepareTransport, tab: string, given: Given = {}) {
  const sheet: SheetToPrepare = {
    transport,
    tab,
    decisions: parseDecisions(given),
    host: IMPATIENT,
  };
  return sheet;
}

/** One sheet in the stand-in, what prepares it, and a person who may act right before any write. */
export async function startHarness(rows: readonly (readonly string[])[]) {
  const google = await startGoogle();
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${google.url}/stand-in/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const created = (await call('POST', 'spreadsheets', {
    title: 'Sekolah',
    tabs: [{ title: TAB, values: rows }],
  })) as { spreadsheetId: string };
  const { spreadsheetId } = created;
  const { serviceAccount, url: rootUrl } = google;
  const transport = googleTransport({
    serviceAccount: { ...serviceAccount },
    spreadsheetId,
    rootUrl,
  });
  const at = `spreadsheets/${spreadsheetId}`;

  let writes = 0;
  let waiting: Interruption[] = [];
  const watched: PrepareTransport = {
    ...transport,
    write: async (requests, show) => {
      await waiting.shift()?.();
      writes += 1;
      return transport.write(requests, show);
    },
  };
  const prepare = (given: Given = {}) => prepareSheet(toPrepare(watched, TAB, given));

  return {
    inspect: (given: Given = {}) => inspectSheet(toPrepare(watched, TAB, given)),
    prepare,
    /** Each interruption comes right before one write: the first before the first. */
    prepareWith: (interruptions: readonly Interruption[], given: Given = {}) => {
      waiting = [...interruptions];
      return prepare(given);
    },
    /** The command line, and what it printed. */
    command: async (args: readonly string[], env: Record<string, string> = {}) => {
      const printed: string[] = [];
      const code = await prepareCommand(
        args,
        {
          GOOGLE_SERVICE_ACCOUNT_JSON: JSON.stringify(serviceAccount),
          GOOGLE_SHEETS_SPREADSHEET_ID: spreadsheetId,
          GOOGLE_SHEETS_TAB: TAB,
          GOOGLE_ROOT_URL: rootUrl,
          ...env,
        },
        (text) => printed.push(text),
      );
      return { code, text: printed.join('\n') };
    },
    /** The tab's cells as they were entered. */
    cells: async () => {
      const { tabs } = (await call('GET', at)) as {
        tabs: { title: string; entered: (string | number | boolean)[][] }[];
      };
      return tabs.find(({ title }) => title === TAB)?.entered ?? [];
    },
    version: async () => ((await call('GET', at)) as { version: number }).version,
    writes: () => writes,
    layout: () => transport.layout(TAB),
    write: (requests: readonly SheetRequest[]) => transport.write(requests, []),
    fault: (fault: object) => call('POST', 'faults', { service: 'sheets', ...fault }),
    person: {
      types: (a1: string, value: string) => call('POST', `${at}/edit`, { tab: TAB, a1, value }),
      insertsRow: (index: number) =>
        call('POST', `${at}/rows`, { tab: TAB, action: 'insert', index }),
      insertsColumn: (index: number) =>
        call('POST', `${at}/columns`, { tab: TAB, action: 'insert', index }),
    },
    stop: () => google.close(),
  };
}

export type Harness = Awaited<ReturnType<typeof startHarness>>;
