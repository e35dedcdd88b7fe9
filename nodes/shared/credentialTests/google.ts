import type {
  ICredentialDataDecryptedObject,
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  INodeCredentialTestResult,
} from 'n8n-workflow';
import { accessTokenOf, CATALOG_SCOPES, serverAddress, tokenRequest } from '../../../core/index.ts';
import { readText } from '../http/read.ts';
import { ask, outcomeOf, TestFailed } from './ask.ts';

const FIELD = 'API Base URL';

/** Checks the e-mail address and the key of a service account, and that both APIs are enabled. */
export async function googleCredentialTest(
  this: ICredentialTestFunctions,
  { data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
  return await outcomeOf(async () => {
    const text = (name: string): string => String(data[name] ?? '').trim();
    const email = text('email');
    if (!/^[^@\s]{1,100}@[^@\s]{1,200}$/.test(email)) {
      throw new TestFailed(
        'Service Account Email is not an e-mail address. Copy client_email of the key file.',
      );
    }
    const own = serverAddress(text('rootUrl'));
    const rootOf = (service: string): string =>
      own === '' ? `https://${service}.googleapis.com` : own;

    const tokenUrl = `${rootOf('oauth2')}/token`;
    const account = { email, privateKey: text('privateKey'), tokenUrl, scopes: CATALOG_SCOPES };
    const { status, json } = await ask(this, FIELD, {
      method: 'POST',
      url: tokenUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: tokenRequest(account, Math.floor(Date.now() / 1_000)),
    });
    const authorization = `Bearer ${accessTokenOf(email, status, json)}`;
    const enabled = async (api: string, url: string): Promise<void> => {
      const answer = await ask(this, FIELD, {
        method: 'GET',
        url,
        headers: { authorization },
      });
      requireEnabled(api, answer);
    };
    await enabled('Google Drive API', `${rootOf('www')}/drive/v3/files?pageSize=1`);
    // No spreadsheet has this id: Google answers 404 where the API is enabled.
    await enabled('Google Sheets API', `${rootOf('sheets')}/v4/spreadsheets/materi-check`);
    return 'The service account works. Share each spreadsheet with its e-mail address, as an editor.';
  });
}

function requireEnabled(api: string, { status, json }: { status: number; json: unknown }): void {
  if (status === 200 || status === 400 || status === 404) return;
  const message = readText(json, 'error', 'message').slice(0, 300);
  if (status === 403) {
    throw new TestFailed(
      `${api} is not enabled in the Google Cloud project of the service account. Enable it there. Google says: ${message}`,
    );
  }
  throw new TestFailed(`${api} answered ${status}: ${message} Try again later.`);
}
