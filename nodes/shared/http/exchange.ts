import type { IAllExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { lastingFault } from './lastingFault.ts';

export interface Answer {
  readonly reached: true;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed where it was JSON, else text. */
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
        sendCredentialsOnCrossOriginRedirect: false,
      },
    );
    const { statusCode, headers, body } = response;
    return { reached: true, status: statusCode, headers, body };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice = lastingFault(error);
    return advice === undefined
      ? { reached: false, reason, lasting: false, error }
      : { reached: false, reason: `${reason}. ${advice}`, lasting: true, error };
  }
}
