import type { AddressInfo } from 'node:net';
import { BearerCheck } from './access/bearer.ts';
import { Revocations } from './access/revocations.ts';
import { accessRoutes } from './signin/tokenRoutes.ts';
import { serviceAccountKey, type ServiceAccountKey } from './access/serviceAccount.ts';
import { driveRoutes } from './drive/routes.ts';
import { Faults } from './faults/faults.ts';
import { RequestLog } from './faults/requestLog.ts';
import { geminiRoutes } from './gemini/routes.ts';
import { pageRoutes } from './page/routes.ts';
import { googleQuotas, QuotaCheck, type Quotas } from './quotas/quotas.ts';
import { createStandInServer } from './server.ts';
import { sheetsRoutes } from './sheets/http/routes.ts';
import { demoClients, type OAuthClient } from './signin/clients.ts';
import { Codes } from './signin/codes.ts';
import { SignIn } from './signin/issuer.ts';
import { oauthRoutes } from './signin/oauthRoutes.ts';
import { demoPeople, type Person } from './signin/people.ts';
import { signInRoutes } from './signin/routes.ts';
import { TokenEndpoint } from './signin/tokens.ts';
import { standInRoutes } from './standin/routes.ts';
import { loadKeys } from './store/keys.ts';
import { Store } from './store/store.ts';

export type { OAuthClient } from './signin/clients.ts';
export type { Person } from './signin/people.ts';
export type { Quotas } from './quotas/quotas.ts';
export type { ServiceAccountKey } from './access/serviceAccount.ts';

export interface GoogleStandIn {
  /** The root of every service, without a trailing slash. */
  readonly url: string;
  /** The spreadsheet that the first start makes: "Katalog Materi", with one empty tab. */
  readonly spreadsheetId: string;
  readonly serviceAccount: ServiceAccountKey;
  /** Stops within a second, whatever is held or open, and saves the state. */
  close(): Promise<void>;
}

export interface GoogleOptions {
  /** 0: any free port. */
  readonly port?: number;
  /** Where state and keys are kept over restarts; without it they live in memory only. */
  readonly stateDir?: string;
  readonly people?: readonly Person[];
  readonly hostedDomain?: string;
  /** The applications that people can sign in to. */
  readonly clients?: readonly OAuthClient[];
  readonly geminiKeys?: readonly string[];
  /**
   * Requests to Sheets that a user and a project may send in a minute; `{}` sets Google's numbers. Left out
   * or false: there is no quota, because tests are faster than people.
   */
  readonly quotas?: Partial<Quotas> | false;
}

/**
 * Starts the stand-in for Google (sign-in, Sheets, Drive, Gemini) on 127.0.0.1. For development
 * and tests: every answer has the header `X-Stand-In: digital-materi`.
 *
 * @throws when the port is taken or the state folder cannot be read
 */
export async function startGoogle(options: GoogleOptions = {}): Promise<GoogleStandIn> {
  const { port = 0, stateDir, people = demoPeople, hostedDomain = 'sekolah.sch.id' } = options;
  const { clients = demoClients } = options;
  const { geminiKeys = ['stand-in-gemini-key'], quotas = false } = options;
  const keys = await loadKeys(stateDir);
  const store = Store.open(stateDir);
  const first = store.list()[0] ?? store.create('Katalog Materi', [{ title: 'Katalog' }], true);
  const signIn = await SignIn.create(keys, people, hostedDomain);
  const faults = new Faults();
  const requests = new RequestLog();
  let url = '';
  const root = () => url;
  const limits = quotas === false ? null : { ...googleQuotas, ...quotas };
  const revocations = new Revocations();
  const bearer = new BearerCheck(keys, revocations, root);
  const codes = new Codes();
  const secret = keys.accessTokenSecret;
  const oauth = { secret, signIn, clients, codes, revocations, root };
  const server = createStandInServer({
    routes: [
      ...sheetsRoutes(store, bearer, new QuotaCheck(limits, keys.projectNumber), root),
      ...driveRoutes(store, bearer, root),
      ...geminiRoutes(geminiKeys),
      ...accessRoutes(keys, new TokenEndpoint(oauth), root),
      ...oauthRoutes(oauth),
      ...signInRoutes(signIn, root),
      ...standInRoutes(store, faults, requests, root),
      ...pageRoutes(store, first.spreadsheetId, signIn.emails()),
    ],
    faults,
    requests,
    projectNumber: keys.projectNumber,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
  let closing: Promise<void> | undefined;
  const close = () =>
    (closing ??= new Promise<void>((resolve) => {
      server.close(() => {
        store.close();
        resolve();
      });
      server.closeAllConnections();
    }));
  return {
    url,
    spreadsheetId: first.spreadsheetId,
    serviceAccount: serviceAccountKey(keys, url),
    close,
  };
}
