import type {
  ICredentialDataDecryptedObject,
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  INodeCredentialTestResult,
} from 'n8n-workflow';
import { sign, SignatureError, verify } from '../../../core/index.ts';
import { read, readText } from '../http/read.ts';
import { portalUrl, secretsOf, type PortalCredential } from '../portal/credential.ts';
import { ask, outcomeOf, TestFailed, type Asked } from './ask.ts';

const FIELD = 'Base URL';

/** Checks the address, the key and both secrets of a Materi Portal credential. */
export async function portalCredentialTest(
  this: ICredentialTestFunctions,
  { data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
  return await outcomeOf(async () => {
    const credential = credentialOf(data);
    if (credential.baseUrl === '')
      throw new TestFailed(`${FIELD} is empty. Enter the portal's address.`);
    await checkKey(this, credential);
    if (`${credential.secretFromN8n}${credential.secretToN8n}`.trim() === '') {
      return 'The address and the API Key are right. Materi Trigger and Materi Job also need both secrets.';
    }
    return await checkSecrets(this, credential);
  });
}

function credentialOf(data: ICredentialDataDecryptedObject): PortalCredential {
  const text = (name: string): string => String(data[name] ?? '').trim();
  return {
    baseUrl: text('baseUrl'),
    apiKey: text('apiKey'),
    secretToN8n: text('secretToN8n'),
    secretFromN8n: text('secretFromN8n'),
  };
}

async function checkKey(
  node: ICredentialTestFunctions,
  credential: PortalCredential,
): Promise<void> {
  const answer = await ask(node, FIELD, {
    method: 'GET',
    url: portalUrl(credential, '/api/webhook/subscriptions'),
    headers: { authorization: `Bearer ${credential.apiKey}` },
  });
  if (answer.status === 200 && Array.isArray(read(answer.json, 'items'))) return;
  if (!isPortal(answer)) throw new TestFailed(await notThePortal(node, credential, answer));
  if (answer.status === 401) {
    throw new TestFailed(
      'The portal does not know this API Key. Ask an operator of the portal for a service key, and paste it whole.',
    );
  }
  if (answer.status === 403) {
    throw new TestFailed(
      'This API Key is not a service key. Ask an operator of the portal for a service key.',
    );
  }
  const { pathname, origin } = new URL(portalUrl(credential, ''));
  if (answer.status === 404 && pathname !== '/') {
    throw new TestFailed(`${FIELD} has something after its name and port. Write it as ${origin}.`);
  }
  throw new TestFailed(`The portal cannot answer now. ${said(answer)} Try again later.`);
}

/** The portal answers errors as problem details, with a request id. */
function isPortal({ json }: Asked): boolean {
  return readText(json, 'type').startsWith('/problems/');
}

async function notThePortal(
  node: ICredentialTestFunctions,
  credential: PortalCredential,
  { status, headers }: Asked,
): Promise<string> {
  const { host } = new URL(credential.baseUrl);
  const settings = await ask(node, FIELD, {
    method: 'GET',
    url: portalUrl(credential, '/rest/settings'),
  }).catch(() => undefined);
  if (read(settings?.json, 'data', 'settingsMode') !== undefined) {
    return `${host} is the address of n8n. Enter the address of the portal as ${FIELD}.`;
  }
  const location = headers['location'];
  if (status >= 300 && status < 400 && typeof location === 'string') {
    return `${host} sends visitors on to ${location.slice(0, 200)}. Enter the address of the portal itself as ${FIELD}.`;
  }
  return `${host} answers, but it is not the portal (HTTP ${status}). Check ${FIELD}: it is the portal's address without anything after its name and port.`;
}

/**
 * Signs a question with one secret, and checks the signature of the answer with the other.
 *
 * @returns what was found right
 */
async function checkSecrets(
  node: ICredentialTestFunctions,
  credential: PortalCredential,
): Promise<string> {
  const from = secretsOf(credential.secretFromN8n);
  const to = secretsOf(credential.secretToN8n);
  if (from === undefined)
    throw new TestFailed('Secret From n8n is empty. Materi Job signs with it.');
  if (to === undefined) {
    throw new TestFailed('Secret To n8n is empty. Materi Trigger checks events with it.');
  }
  const now = Math.floor(Date.now() / 1_000);
  const body = JSON.stringify({ type: 'check' });
  const signed = signature('Secret From n8n', () =>
    sign(from, { id: `check_${now}`, timestamp: now, body }),
  );
  const answer = await ask(node, FIELD, {
    method: 'POST',
    url: portalUrl(credential, '/api/webhook/check'),
    headers: { ...signed, 'content-type': 'application/json' },
    body,
  });
  if (answer.status === 401) throw new TestFailed(notTaken(answer));
  if (answer.status !== 200) {
    throw new TestFailed(`The portal could not check the secrets. ${said(answer)}`);
  }
  const answered = {
    headers: answer.headers,
    body: answer.text,
    now: Math.floor(Date.now() / 1_000),
  };
  signature('Secret To n8n', () => verify(to, answered));
  if (to.length === 1) return 'The address, the API Key and both secrets are right.';
  const used = to.findIndex((secret) => tried(() => verify([secret], answered)).ok);
  return `The address, the API Key and Secret From n8n are right. Secret To n8n holds ${to.length} secrets: the portal signs with number ${used + 1} now. Whether it has the others cannot be checked.`;
}

function notTaken(answer: Asked): string {
  if (readText(answer.json, 'detail').includes('minutes')) {
    return `The clocks of n8n and the portal differ by more than 5 minutes. Set them. ${said(answer)}`;
  }
  return 'Secret From n8n is not one of the portal. Ask an operator of the portal for it, and paste it whole. It is not the same as Secret To n8n.';
}

/** @throws TestFailed that names the field whose secret does not sign or verify */
function signature<T>(field: string, work: () => T): T {
  const outcome = tried(work);
  if (outcome.ok) return outcome.value;
  const { error } = outcome;
  const isMalformed = !(error instanceof SignatureError) || error.message.includes('whsec_');
  throw new TestFailed(
    isMalformed
      ? `${field} is not a secret of the portal: paste it whole, it begins with whsec_.`
      : `${field} is not one of the portal. Ask an operator of the portal for it, and paste it whole.`,
  );
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; error: unknown };

function tried<T>(work: () => T): Outcome<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}

function said({ status, json }: Asked): string {
  return `It answered ${status}: ${readText(json, 'detail').slice(0, 300)}`;
}
