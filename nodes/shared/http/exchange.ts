import type { IAllExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { lastingFault } from './lastingFault.ts';
import { read, readText } from './read.ts';

export interface Answer {
  readonly reached: true;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed where it was JSON. Only a 429, a 5xx and the 2xx to a DELETE may have another body. */
  readonly body: unknown;
}

/** The outcome of one request: an answer of any status, or none. */
export type Exchange =
  | Answer
  | {
      readonly reached: false;
      readonly reason: string;
      /** Whether the same request would fail the same way again. */
      readonly lasting: boolean;
      /** The error that n8n's client has thrown. */
      readonly error: unknown;
    };

/**
 * The one place where the nodes send a request. It goes through n8n's own client, which brings the
 * credential's headers and the instance's proxies, certificates and address rules.
 *
 * Redirects are not followed: n8n's client sends `x-goog-api-key` and a signed body to any other server, and
 * makes a GET of a POST. An answer that is no JSON comes from another server, such as a proxy: it counts as
 * not reached.
 *
 * @param credential the credential type that signs the request in
 * @returns never throws for a status or a connection that fails: what to do then is the caller's
 */
export async function exchange(
  node: IAllExecuteFunctions,
  credential: string,
  request: IHttpRequestOptions,
): Promise<Exchange> {
  try {
    const response: IN8nHttpFullResponse = await node.helpers.httpRequestWithAuthentication.call(
      node,
      credential,
      {
        ignoreHttpStatusErrors: true,
        ...request,
        returnFullResponse: true,
        disableFollowRedirect: true,
      },
    );
    const { statusCode: status, headers, body } = response;
    const answer: Answer = { reached: true, status, headers, body };
    return otherServer(request, answer) ?? answer;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // n8n's texts do not say which server, and the decompression's say no more than a code.
    const what = readText(error, 'cause', 'code').startsWith('Z_')
      ? 'the compressed answer is damaged'
      : message.replace(/\.$/, '');
    const reason = URL.canParse(request.url) ? `${what} (${new URL(request.url).host})` : what;
    const advice = lastingFault(error);
    return advice === undefined
      ? { reached: false, reason, lasting: false, error }
      : { reached: false, reason: `${reason}. ${advice}`, lasting: true, error };
  }
}

const LONGEST_ADDRESS = 200;

/**
 * Finds an answer that cannot come from the portal or from Google, such as a login page.
 *
 * @returns undefined if the portal or Google may give this answer
 */
function otherServer(
  { method = 'GET', url }: IHttpRequestOptions,
  { status, headers, body }: Answer,
): Exchange | undefined {
  const { host } = new URL(url);
  const unusable = (reason: string, lasting: boolean): Exchange => ({
    reached: false,
    reason,
    lasting,
    error: undefined,
  });
  if (status >= 300 && status < 400) {
    const to = readText(headers, 'location').slice(0, LONGEST_ADDRESS);
    return unusable(
      `${host} answered ${status} and sends on to ${to || 'no address'}. ` +
        'Redirects are not followed: enter the address of the server itself.',
      true,
    );
  }
  const isJson = typeof body === 'object' && body !== null;
  if (isJson || status === 429 || status >= 500 || (method === 'DELETE' && status < 300)) {
    return undefined;
  }
  const type = String(read(headers, 'content-type') ?? '').slice(0, 50);
  const what = body === '' ? 'nothing' : type.startsWith('text/html') ? 'a web page' : 'no JSON';
  return unusable(
    `${host} answered ${status} with ${what}. Another server, such as a proxy, may be at this address.`,
    // Cut JSON and an empty answer may be better the next time.
    status >= 400 || what === 'a web page',
  );
}
