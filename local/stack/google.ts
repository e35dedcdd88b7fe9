import { join } from 'node:path';
import * as z from 'zod/v4-mini';
import { demoPeople, type Person } from '../../google-standin/signin/people.ts';
import { partEnvironment } from '../process/environment.ts';
import type { Part } from '../process/part.ts';
import type { Parts } from '../process/parts.ts';
import { waitUntil } from '../process/waitUntil.ts';

/** Google as the other parts see it: the real one, or the stand-in. */
export interface Google {
  /** The stand-in's base URL; undefined for the real Google. */
  readonly rootUrl?: string;
  readonly part?: Part;
  readonly clientId: string;
  readonly hostedDomain?: string;
  /** The service account's key file, as text. */
  readonly serviceAccountJson: string;
  readonly spreadsheetId: string;
  readonly tab: string;
  readonly sheetUrl: string;
  readonly gemini: { readonly apiKey: string; readonly baseUrl: string };
  readonly people: readonly Person[];
}

const REAL_GEMINI = 'https://generativelanguage.googleapis.com';
const DEFAULT_TAB = 'Materi';

/** The variables for the real Google. If none is set, the stack uses the stand-in; if only some are set, it does not start. */
const NEEDED = [
  ...['GOOGLE_CLIENT_ID', 'GOOGLE_SERVICE_ACCOUNT_JSON', 'GOOGLE_SHEETS_SPREADSHEET_ID'],
  'GEMINI_API_KEY',
] as const;

/**
 * The real Google; undefined if none of its variables is set.
 *
 * @throws Error if only some of them are set
 */
export function realGoogle(own: NodeJS.ProcessEnv): Google | undefined {
  const missing = NEEDED.filter((name) => (own[name] ?? '') === '');
  if (missing.length === NEEDED.length) return undefined;
  if (missing.length > 0) {
    throw new Error(
      `To use the real Google, ${missing.join(', ')} must be set too. ` +
        `To use the stand-in, unset all of ${NEEDED.join(', ')}.`,
    );
  }
  const spreadsheetId = own['GOOGLE_SHEETS_SPREADSHEET_ID'] ?? '';
  const hostedDomain = own['GOOGLE_HOSTED_DOMAIN'];
  return {
    clientId: own['GOOGLE_CLIENT_ID'] ?? '',
    serviceAccountJson: own['GOOGLE_SERVICE_ACCOUNT_JSON'] ?? '',
    spreadsheetId,
    tab: own['GOOGLE_SHEETS_TAB'] ?? DEFAULT_TAB,
    sheetUrl: `https://docs.google.com/spreadsheets/d/${spreadsheetId}/edit`,
    gemini: { apiKey: own['GEMINI_API_KEY'] ?? '', baseUrl: REAL_GEMINI },
    people: [],
    ...(hostedDomain === undefined ? {} : { hostedDomain }),
  };
}

/** The options of the stand-in for Google. */
export interface StandInOptions {
  readonly project: string;
  readonly state: string;
  readonly node: string;
  readonly own: NodeJS.ProcessEnv;
  readonly port: number;
  readonly geminiKey: string;
  readonly parts: Parts;
}

const startedSchema = z.looseObject({
  url: z.string(),
  spreadsheetId: z.string(),
  serviceAccount: z.looseObject({ client_email: z.string() }),
});

const STAND_IN_DOMAIN = 'sekolah.sch.id';
/** The tab of the stand-in's spreadsheet that holds the catalog. */
export const STAND_IN_TAB = 'Katalog';

/** The OAuth client that the stack signs in with at the stand-in, which knows no others. */
export const STAND_IN_CLIENT_ID = 'digital-materi-local.apps.googleusercontent.com';

/** Runs the stand-in for Google; its sheet and keys are kept in the state folder. */
export async function runStandIn(options: StandInOptions): Promise<Google> {
  const { project, state, node, own, port, geminiKey, parts } = options;
  const url = `http://127.0.0.1:${port}`;
  const folder = join(state, 'google');
  const part = await parts.start({
    name: 'Google stand-in',
    command: node,
    args: [
      join(project, 'google-standin', 'main.ts'),
      ...['--port', String(port), '--state', folder],
      ...['--domain', STAND_IN_DOMAIN, '--gemini-key', geminiKey],
    ],
    cwd: project,
    env: partEnvironment(own, {}),
    stopSignal: 'SIGTERM',
    stopWithin: 3_000,
    readyWithin: 30_000,
    isReady: async (signal) => (await fetch(`${url}/stand-in/requests`, { signal })).ok,
  });
  // It says where it is and how to sign in there on one line, before anything else.
  const line = await waitUntil(() => part.log().find((text) => text.startsWith('{"url"')), {
    what: `the Google stand-in at ${url} to tell its keys`,
    within: 5_000,
  });
  const { spreadsheetId, serviceAccount } = z.parse(startedSchema, JSON.parse(line));
  return {
    rootUrl: url,
    part,
    clientId: STAND_IN_CLIENT_ID,
    hostedDomain: STAND_IN_DOMAIN,
    serviceAccountJson: JSON.stringify(serviceAccount),
    spreadsheetId,
    tab: STAND_IN_TAB,
    sheetUrl: `${url}/sheet/${spreadsheetId}`,
    gemini: { apiKey: geminiKey, baseUrl: url },
    people: demoPeople,
  };
}
