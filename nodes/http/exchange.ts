import type { IAllExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

export interface Answer {
  readonly reached: true;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed where it was JSON, else text. */
  readonly body: unknown;
}

/** What became of one request: an answer of any status, or none. */
export type Exchange = Answer | { readonly reached: false; readonly reason: string };

/**
 * The one place where the nodes send a request. It goes through n8n's own client, which brings the
 * credential's headers and the instance's proxies, certificates and address rules.
 *
 * @param credential the credential type that signs the request in
 * @returns never throws for a status or a connection that fails: what to do then is the caller's
 */
export async function exchange(
  this: IAllExecuteFunctions,
  credential: string,
  request: IHttpRequestOptions,
): Promise<Exchange> {
  try {
    const response: IN8nHttpFullResponse = await this.helpers.httpRequestWithAuthentication.call(
      this,
      credential,
      {
        ...request,
        returnFullResponse: true,
        ignoreHttpStatusErrors: true,
        sendCredentialsOnCrossOriginRedirect: false,
      },
    );
    const { statusCode, headers, body } = response;
    return { reached: true, status: statusCode, headers, body };
  } catch (error) {
    return { reached: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
