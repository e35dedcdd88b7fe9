import { drive } from 'googleapis/build/src/apis/drive/index.js';
import { sheets, type sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { JWT } from 'google-auth-library';
import {
  ANSWER_FIELDS,
  LAYOUT_FIELDS,
  parseAnswer,
  parseLayout,
  parseShape,
  SHAPE_FIELDS,
  SheetError,
  tabRange,
  type PrepareTransport,
  type SheetErrorKind,
} from '../../core/index.ts';
import type { Config } from '../config/config.ts';

/** Longer than Google's own limit of 180 s is of no use; a catalog is read in about one. */
const TIMEOUT_MS = 60_000;

type Account = Pick<Config['google'], 'serviceAccount' | 'rootUrl'>;

/** Google's official client for Sheets, as the service account; it tries nothing twice by itself. */
export function sheetsClient(google: Account): sheets_v4.Sheets {
  const scopes = ['https://www.googleapis.com/auth/spreadsheets'];
  return sheets({ version: 'v4', ...clientOptions(google, scopes) });
}

function clientOptions({ serviceAccount, rootUrl }: Account, scopes: string[]) {
  const auth = new JWT({
    email: serviceAccount.client_email,
    key: serviceAccount.private_key,
    scopes,
  });
  // A self-signed token needs no call to Google's token endpoint (google.aip.dev/auth/4111).
  auth.useJWTAccessWithScope = true;
  return {
    auth,
    timeout: TIMEOUT_MS,
    // A cycle that failed is tried again as a whole: a silent retry would only hide the quota.
    retry: false,
    ...(rootUrl === null ? {} : { rootUrl: `${rootUrl}/` }),
  };
}

/** The requests of the API to Google. */
export interface GoogleTransport extends PrepareTransport {
  /**
   * `files.get` of Drive: a number that grows when the spreadsheet changes. It may be minutes late
   * (googleapis/google-api-go-client#444).
   *
   * @throws SheetError `no_access` also where the project has not enabled the Drive API
   */
  version(): Promise<string>;
}

/**
 * The calls of `core/sheet`, and Drive's version, through Google's official client, as the service account.
 *
 * @param stopped aborted: no call begins, and running calls are not waited for. The next cycle
 *   reconciles a write.
 */
export function googleTransport(
  google: Pick<Config['google'], 'serviceAccount' | 'spreadsheetId' | 'rootUrl'>,
  stopped?: AbortSignal,
): GoogleTransport {
  const client = sheetsClient(google);
  const scopes = ['https://www.googleapis.com/auth/drive.metadata.readonly'];
  const { files } = drive({ version: 'v3', ...clientOptions(google, scopes) });
  const { spreadsheetId } = google;
  const answered = <T>(begin: () => Promise<T>) => asSheetError(unlessAborted(begin, stopped));

  return {
    async version() {
      const { data } = await answered(() =>
        files.get({ fileId: spreadsheetId, fields: 'version', supportsAllDrives: true }),
      );
      return data.version ?? '';
    },

    async describe() {
      const { data } = await answered(() =>
        client.spreadsheets.get({
          spreadsheetId,
          fields: 'sheets.properties(sheetId,title),namedRanges.namedRangeId',
        }),
      );
      return {
        tabs: (data.sheets ?? []).map(({ properties }) => ({
          sheetId: properties?.sheetId ?? 0,
          title: properties?.title ?? '',
        })),
        namedRangeIds: (data.namedRanges ?? []).flatMap(({ namedRangeId }) => namedRangeId ?? []),
      };
    },

    async read(ranges) {
      const { data } = await answered(() =>
        client.spreadsheets.values.batchGet({
          spreadsheetId,
          ranges: [...ranges],
          valueRenderOption: 'FORMULA',
        }),
      );
      return (data.valueRanges ?? []).map(({ range, values }) => ({
        range: range ?? '',
        values: values ?? [],
      }));
    },

    async layout(tab) {
      const { data } = await answered(() =>
        client.spreadsheets.get({
          spreadsheetId,
          ranges: [tabRange(tab)],
          fields: LAYOUT_FIELDS,
        }),
      );
      return parseLayout(data, tab);
    },

    async shape(tab) {
      const { data } = await answered(() =>
        client.spreadsheets.get({ spreadsheetId, ranges: [tabRange(tab)], fields: SHAPE_FIELDS }),
      );
      return parseShape(data, tab);
    },

    async write(requests, show) {
      const requestBody: sheets_v4.Schema$BatchUpdateSpreadsheetRequest = {
        requests: requests.map((request) => ({ ...request })),
        ...(show.length === 0
          ? {}
          : {
              includeSpreadsheetInResponse: true,
              responseIncludeGridData: true,
              responseRanges: [...show],
            }),
      };
      const fields = show.length === 0 ? 'spreadsheetId' : ANSWER_FIELDS;
      const { data } = await answered(() =>
        client.spreadsheets.batchUpdate({ spreadsheetId, fields, requestBody }),
      );
      return show.length === 0 ? [] : parseAnswer(data);
    },
  };
}

/**
 * The client gets no abort signal. If a call is aborted while it signs a token, its fetch destroys the body
 * with an error. Nothing catches that error. The process then ends (node-fetch 3.3.2, src/index.js,
 * `abort`).
 */
function unlessAborted<T>(begin: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return begin();
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new Error('This instance no longer syncs.'));
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    begin()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Google's answer, or its error as the kind that decides what may be done next. */
async function asSheetError<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    const status = statusOf(error);
    const message = error instanceof Error ? error.message : String(error);
    throw new SheetError(kindOf(status), `Google (${status ?? 'no answer'}): ${message}`, {
      cause: error,
    });
  }
}

function kindOf(status: number | undefined): SheetErrorKind {
  if (status === 400) return 'refused';
  if (status === 401 || status === 403 || status === 404) return 'no_access';
  if (status === 429) return 'busy';
  return 'unknown';
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('status' in error && typeof error.status === 'number') return error.status;
  if ('code' in error && typeof error.code === 'number') return error.code;
  return undefined;
}
