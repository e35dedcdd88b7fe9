import type {
  ICredentialDataDecryptedObject,
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  INodeCredentialTestResult,
} from 'n8n-workflow';
import { serverAddress } from '../../../core/index.ts';
import { read, readText } from '../http/read.ts';
import { ask, outcomeOf, TestFailed } from './ask.ts';

const FIELD = 'Base URL';

const USUAL = 'Unless you use a proxy, it is https://generativelanguage.googleapis.com.';

/** Checks the address and the key of a Materi Gemini credential: it lists the models. */
export async function geminiCredentialTest(
  this: ICredentialTestFunctions,
  { data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
  return await outcomeOf(async () => {
    const root = serverAddress(String(data['baseUrl'] ?? ''));
    const apiKey = String(data['apiKey'] ?? '').trim();
    if (apiKey === '') throw new TestFailed('API Key is empty. Create one in Google AI Studio.');
    if (root === '') throw new TestFailed(`${FIELD} is empty. ${USUAL}`);
    const { status, json } = await ask(this, FIELD, {
      method: 'GET',
      url: `${root}/v1beta/models?pageSize=1`,
      headers: { 'x-goog-api-key': apiKey },
    });
    if (status === 200 && Array.isArray(read(json, 'models'))) {
      return 'The address and the API Key are right.';
    }
    const message = readText(json, 'error', 'message').slice(0, 300);
    if (/api key/i.test(message) || status === 401) {
      throw new TestFailed(
        `Google does not accept the API Key: ${message} Copy the key from Google AI Studio, and paste it whole.`,
      );
    }
    if (status === 403) {
      throw new TestFailed(
        `Google does not let this API Key use Gemini: ${message} Enable the Generative Language API in the key's project, and check the restrictions of the key.`,
      );
    }
    if (status === 429 || status >= 500) {
      throw new TestFailed(
        `Google cannot answer now (HTTP ${status}). ${message} Try again later.`,
      );
    }
    throw new TestFailed(`Gemini does not answer at ${FIELD} (HTTP ${status}). ${USUAL}`);
  });
}
